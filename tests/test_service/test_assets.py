"""What a page loads for an entry, by Vite's manifest."""

from pathlib import Path

from service.assets import Assets, assets_of, first_letters, read_manifest

MANIFEST = {
    "src/site.css": {"file": "assets/site-1.css", "isEntry": True},
    "src/table.ts": {"file": "assets/table-2.js", "css": ["assets/table-3.css"], "imports": ["_rows-4.js"]},
    "_rows-4.js": {"file": "assets/rows-4.js", "imports": ["_text-5.js"]},
    "_text-5.js": {"file": "assets/text-5.js", "css": ["assets/table-3.css"], "imports": ["_rows-4.js"]},
    "node_modules/x/be-vietnam-pro-latin-400-normal.woff2": {"file": "assets/be-6.woff2"},
    "node_modules/x/be-vietnam-pro-latin-700-normal.woff2": {"file": "assets/be-7.woff2"},
}


def test_a_style_alone() -> None:
    assert assets_of("site", MANIFEST) == Assets(styles=("built/assets/site-1.css",))


def test_a_script_brings_what_it_imports_each_once() -> None:
    assert assets_of("table", MANIFEST) == Assets(
        styles=("built/assets/table-3.css",),
        scripts=("built/assets/table-2.js",),
        modules=("built/assets/rows-4.js", "built/assets/text-5.js"),
    )


def test_the_letters_of_every_page_are_loaded_at_once() -> None:
    assert first_letters(MANIFEST) == ("built/assets/be-6.woff2",)


def test_where_nothing_is_built_nothing_is_loaded(tmp_path: Path) -> None:
    manifest = read_manifest(tmp_path)
    assert assets_of("site", manifest) == Assets()
    assert first_letters(manifest) == ()
