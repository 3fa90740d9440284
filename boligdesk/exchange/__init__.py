"""The office's own files, in and out (.xlsx, .csv). openpyxl lives here and nowhere else."""
