"""What a leak check says of data that it could not change."""

from pathlib import Path

from newsbt.adapters.leak_watch import Watched
from newsbt.api.leak_notes import unprobed


class Copies:
    """A stage whose copies lie in one folder, beside the user's own files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def reachable(self, path: Path) -> bool:
        return path.is_relative_to(self.folder / "copy")

    def own_files(self) -> tuple[Path, ...]:
        return (self.folder / "mine" / "data" / "prices",)


def notes(folder: Path, *files: str, others: tuple[str, ...] = ()) -> tuple[bool, list[str]]:
    return unprobed(Watched({str(folder / name) for name in files}, set(others)), Copies(folder))  # type: ignore[arg-type]


def test_files_of_the_copy_are_probed_and_need_no_note(tmp_path):
    assert notes(tmp_path, "copy/data/prices/BABA.csv") == (True, [])
    assert notes(tmp_path, "copy/strategies/drift.py", "helper.py") == (False, [])


def test_the_users_own_prices_and_other_data_are_named(tmp_path):
    reads, said = notes(tmp_path, "mine/data/prices/BABA.csv", "labels.csv")
    assert not reads
    assert [text.split(" is read")[0] for text in said] == [
        str(tmp_path / "mine" / "data" / "prices" / "BABA.csv"),
        str(tmp_path / "labels.csv"),
    ]


def test_many_files_of_one_folder_are_one_note(tmp_path):
    _, said = notes(tmp_path, *(f"weights/{number}.json" for number in range(4)))
    assert len(said) == 1 and said[0].startswith(f"4 files in {tmp_path / 'weights'} are read")


def test_another_program_may_read_the_copy(tmp_path):
    reads, said = notes(tmp_path, others=("another program, tail,",))
    assert reads and said == ["another program, tail, is asked, and its answers could not be changed"]
