"""What pyproject.toml cannot say: the folders that stand beside the packages go into one of them when it is built."""

from pathlib import Path
from shutil import copytree, rmtree

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithFolders(build_py):
    """Builds the packages, and puts templates, static files and catalogues where the settings look for them."""

    def run(self) -> None:
        super().run()
        if not getattr(self, "editable_mode", False):
            packaged = Path(self.build_lib, "shopadmin", "packaged")
            rmtree(packaged, ignore_errors=True)
            for folder in ("templates", "static", "locale"):
                copytree(folder, packaged / folder)


setup(cmdclass={"build_py": BuildWithFolders})
