"""The same API with ``async def``: what a session does is awaited, everything else is shared."""
