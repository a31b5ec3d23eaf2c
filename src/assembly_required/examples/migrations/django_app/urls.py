"""One page: the articles as JSON."""

from blog.models import Article
from django.http import JsonResponse
from django.urls import path


def list_articles(request):
    return JsonResponse(list(Article.objects.order_by("id").values("title", "slug")), safe=False)


urlpatterns = [path("", list_articles)]
