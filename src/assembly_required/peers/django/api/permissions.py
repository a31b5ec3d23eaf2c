from rest_framework.permissions import SAFE_METHODS, BasePermission


class IsAuthorOrReadOnly(BasePermission):
    """Authors may change what they wrote. So may staff with the permission of the admin."""

    def has_object_permission(self, request, view, obj):
        if request.method in SAFE_METHODS or obj.author_id == request.user.pk:
            return True
        action = "delete" if request.method == "DELETE" else "change"
        return request.user.has_perm(f"{obj._meta.app_label}.{action}_{obj._meta.model_name}")
