from django.db import models


class PeopleInFile(models.Model):
    """Who is in a file of customers, a few thousand a row, so that an erasure finds the files with a person alone.

    Of an export these are the numbers of its customers, which hold whatever address somebody has by then; of a file
    that was brought, whose people have no number yet, the beginnings of the fingerprints of its addresses.
    """

    area = models.CharField(max_length=10)
    file = models.CharField(max_length=60)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    numbers = models.BinaryField(help_text="Sorted, eight bytes each.")

    class Meta:
        indexes = [
            models.Index(fields=["area", "file"], name="people_of_a_file"),
            models.Index(fields=["area", "first", "last"], name="files_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.area}/{self.file}"
