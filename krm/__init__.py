"""Joins the parts; the only package that reads the clock, the environment and the configuration."""
