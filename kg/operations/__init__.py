"""What the methods of KnowledgeGraph do, one module for each that takes more than a few lines."""
