"""Commands of the application: serve, web, work, migrate, samples, and the demonstration estate."""
