"""Every setting changes what it says: each has a test that sets it and looks."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tui.config.table import BY_KEY

TESTS = Path(__file__).parents[1]
SCREEN, CLI = "screen/test_configuring.py", "cli/test_settings.py"

EFFECTS = {
    "screen.theme": (SCREEN, "test_rows_fold_measure_and_theme_are_those_of_the_file"),
    "screen.measure": (SCREEN, "test_rows_fold_measure_and_theme_are_those_of_the_file"),
    "screen.justify": (SCREEN, "test_paragraphs_are_justified_where_that_is_set"),
    "screen.hyphens": ("screen/test_typesetting.py", "test_words_are_parted_where_hyphens_are_set_and_the_place_stays"),
    "screen.marks": (SCREEN, "test_marks_and_borders_are_those_that_are_set"),
    "screen.bidi": (SCREEN, "test_bidi_is_of_the_reader_or_left_to_the_terminal"),
    "screen.pictures": (CLI, "test_pictures_are_fetched_with_their_articles_where_that_is_set"),
    "screen.language": ("screen/test_typesetting.py", "test_dates_are_in_the_language_that_is_set"),
    "screen.q": (SCREEN, "test_q_leaves_or_goes_back"),
    "screen.related": (SCREEN, "test_related_stories_stand_beside_or_not"),
    "screen.list_width": (
        "screen/test_column_widths.py",
        "test_widths_are_those_of_the_settings_and_a_key_holds_for_now",
    ),
    "screen.related_width": (
        "screen/test_column_widths.py",
        "test_widths_are_those_of_the_settings_and_a_key_holds_for_now",
    ),
    "list.views": (SCREEN, "test_v_goes_through_the_views_that_are_set_and_the_reader_opens_with_the_first"),
    "list.sections": (SCREEN, "test_the_sections_to_choose_from_are_those_of_the_file_in_its_order"),
    "list.order": (SCREEN, "test_lists_have_the_order_that_is_set_and_a_key_holds_for_now"),
    "list.fold": (SCREEN, "test_rows_fold_measure_and_theme_are_those_of_the_file"),
    "list.rows_narrow": (SCREEN, "test_rows_are_those_that_are_set_for_the_width"),
    "list.rows_middle": (SCREEN, "test_rows_are_those_that_are_set_for_the_width"),
    "list.rows_wide": (SCREEN, "test_rows_are_those_that_are_set_for_the_width"),
    "list.preview_from": (SCREEN, "test_a_preview_from_so_many_columns_on"),
    "list.dates": (SCREEN, "test_times_by_the_clock"),
    "refresh.every": (SCREEN, "test_a_refresh_begins_by_itself_when_it_is_time"),
    "refresh.on_start_after": (SCREEN, "test_a_refresh_begins_on_start_where_the_last_answer_is_old"),
    "refresh.budget": (CLI, "test_a_refresh_takes_no_more_bytes_than_are_set_unless_more_are_said"),
    "refresh.most": (CLI, "test_a_refresh_fetches_as_many_of_a_source_as_is_set_and_a_source_of_its_own_goes_first"),
    "open.browser": (SCREEN, "test_the_readers_own_browser_opens_an_address_as_one_word"),
    "open.player": ("screen/test_enclosures.py", "test_the_readers_own_player_opens_sound"),
    "network.proxy": (CLI, "test_requests_go_through_the_proxy_that_is_set"),
    "network.keyring": (CLI, "test_without_the_keyring_secrets_go_to_the_file"),
    "front.more": ("cli/test_front.py", "test_what_more_is_asked_of_stands_higher_and_what_less_lower"),
    "front.less": ("cli/test_front.py", "test_what_more_is_asked_of_stands_higher_and_what_less_lower"),
    "front.learn": ("cli/test_front.py", "test_what_is_read_much_stands_a_little_higher_where_that_is_set"),
    "keep.days": (SCREEN, "test_pruning_keeps_what_is_set"),
    "keys.preset": ("screen/test_keymap.py", "test_a_preset_has_its_keys"),
    "keep.count": (CLI, "test_pruning_leaves_what_is_set_of_sources_without_limits"),
}


def test_every_setting_has_a_test_of_its_effect() -> None:
    assert EFFECTS.keys() == BY_KEY.keys()


@pytest.mark.parametrize("key", EFFECTS)
def test_the_test_is_there_and_sets_it(key: str) -> None:
    file, name = EFFECTS[key]
    source = (TESTS / file).read_text(encoding="utf-8")
    node = next(node for node in ast.parse(source).body if getattr(node, "name", "") == name)
    first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
    words = "\n".join(source.splitlines()[first - 1 : node.end_lineno])
    assert all(word in words for word in key.partition(".")[2].split("_"))
