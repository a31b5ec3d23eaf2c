"""What measures: ``compare`` times stacks, ``differences`` shows what libraries do when left alone."""
