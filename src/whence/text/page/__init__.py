"""What is the article on a saved page, and what is not."""
