"""Sign in, see a page for members only, be remembered, sign out."""
