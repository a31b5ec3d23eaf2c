from django.contrib.sitemaps import Sitemap

from .models import Article


class ArticleSitemap(Sitemap):
    limit = 1_000

    def items(self):
        return Article.objects.only("slug", "title", "updated_at")

    def lastmod(self, article):
        return article.updated_at
