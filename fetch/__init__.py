"""From a URL to sources, teasers and articles; knows no store and no screen."""
