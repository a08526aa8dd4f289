"""Panes and keys, and the command line; what the library is to do they ask of `cache.library`.

The values of cache and fetch are known everywhere here, a few of their rooms where a room says so.

Its rooms from the ground up; each says in its `__init__` what it may import, and a test holds it to that:

    values         amounts, background, bindings, crash, descriptors, export_target, hooks, keymap, local_time,
                   messages, passing_on, request_settings, section_order, sections, settings, signals
    config         typeset
    panes          cli
    dialogs
    screen
    linear
    door           terminal_input, driver, app, __main__
"""
