"""What every test can rely on: no test reads or writes the cache of the person who runs it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mdreview.cache import FOLDER_VARIABLE


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield
