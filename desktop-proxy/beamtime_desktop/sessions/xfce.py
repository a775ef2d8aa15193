"""Prepares XFCE for a remote display, then becomes what its arguments say.

    python -I -S xfce.py dbus-run-session -- … xfce4-session …

XFCE's settings come from XDG_CONFIG_DIRS, where ours are put first, below the user's
own in ~/.config, which are left alone. They must be there before D-Bus starts, since it
starts the settings' daemon. What they change, and why:

- all parts start at once: xfce4-session starts those of one priority together, and by
  default gives each its own and waits;
- no compositor: it triples the time from a key to the picture;
- a plain background: a photograph is 2 MB for each connection;
- no first question of the panel, no screen saver or lock, no power manager, no agents,
  and no session that is saved and comes back on another desktop.

Like `keeper`, it imports nothing but a few modules of the standard library.
"""

# ruff: noqa: PTH103, PTH118, PTH123, PTH208
# (pathlib would take a third of the time to start)

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

BACKGROUND = (0.16, 0.24, 0.31, 1.0)
"""Red, green, blue, opacity."""

PRIORITY = 15

PARTS: tuple[tuple[str, ...], ...] = (
    ("xfwm4", "--compositor=off"),
    ("xfsettingsd",),
    ("xfce4-panel",),
    # It need not wait for the window manager's mark.
    ("xfdesktop", "--disable-wm-check"),
)

MONITORS = ("VNC-0", "TurboVNC", "screen", "0")
"""How Xvnc servers name their only monitor: TigerVNC, TurboVNC, and older ones."""


class Raw(str):
    """XML that is put in as it is."""


def value(kind: str, text: object) -> Raw:
    """Give a value in xfconf's notation."""
    shown = str(text).lower() if isinstance(text, bool) else str(text)
    return Raw(f'type="{kind}" value={quoteattr(shown)}/>')


def array(kind: str, items: Iterable[object]) -> Raw:
    """Give an array in xfconf's notation."""
    values = "".join(f"<value {value(kind, item)}" for item in items)
    return Raw(f'type="array">{values}</property>')


def properties(tree: dict[str, object]) -> str:
    """Give nested properties in xfconf's notation."""
    out = []
    for name, below in tree.items():
        out.append(f"<property name={quoteattr(name)} ")
        if isinstance(below, dict):
            out.append(f'type="empty">{properties(below)}</property>')
        else:
            out.append(str(below))
    return "".join(out)


def channels(parts: list[tuple[str, ...]]) -> dict[str, dict[str, object]]:
    """Give the settings by channel."""
    off = {"enabled": value("bool", False)}
    clients: dict[str, object] = {}
    for number, words in enumerate(parts):
        clients[f"Client{number}_Command"] = array("string", words)
        clients[f"Client{number}_Priority"] = value("int", PRIORITY)
        clients[f"Client{number}_PerScreen"] = value("bool", False)
    plain = {
        "workspace0": {
            "color-style": value("int", 0),
            "image-style": value("int", 0),
            "rgba1": array("double", BACKGROUND),
        }
    }
    return {
        "xfce4-session": {
            "startup": {"ssh-agent": off, "gpg-agent": off, "screensaver": off},
            "general": {
                "FailsafeSessionName": value("string", "Failsafe"),
                "SaveOnExit": value("bool", False),
                "LockCommand": value("string", ""),
            },
            "shutdown": {"LockScreen": value("bool", False)},
            "sessions": {
                "Failsafe": {
                    "IsFailsafe": value("bool", True),
                    "Count": value("int", len(parts)),
                    **clients,
                }
            },
        },
        "xfwm4": {
            "general": {
                "use_compositing": value("bool", False),
                "workspace_count": value("int", 1),
            }
        },
        "xfce4-desktop": {
            "backdrop": {
                "single-workspace-mode": value("bool", True),
                "single-workspace-number": value("int", 0),
                "screen0": {f"monitor{name}": plain for name in MONITORS},
            },
            "desktop-icons": {
                "file-icons": {
                    "show-home": value("bool", False),
                    "show-filesystem": value("bool", False),
                    "show-trash": value("bool", False),
                    "show-removable": value("bool", False),
                }
            },
        },
        "xfce4-panel": _panel(),
        "xfce4-screensaver": {
            "saver": {"enabled": value("bool", False)},
            "lock": {"enabled": value("bool", False)},
        },
    }


def _panel() -> dict[str, object]:
    plugins = {
        "plugin-1": "applicationsmenu",
        "plugin-2": "tasklist",
        "plugin-3": "separator",
        "plugin-4": "clock",
        "plugin-5": "separator",
        "plugin-6": "actions",
    }
    own: dict[str, object] = {
        "plugin-1": {"show-button-title": value("bool", True)},
        # It pushes what follows to the right.
        "plugin-3": {"expand": value("bool", True), "style": value("uint", 0)},
        "plugin-5": {"style": value("uint", 0)},
        "plugin-6": {
            "appearance": value("uint", 0),
            "items": array("string", ["+logout-dialog"]),
        },
    }
    placed = {}
    for name, kind in plugins.items():
        below = own.get(name)
        plugin = f'type="string" value="{kind}"'
        placed[name] = Raw(
            f"{plugin}>{properties(below)}</property>" if isinstance(below, dict) else f"{plugin}/>"
        )
    return {
        "configver": value("int", 2),
        "panels": Raw(
            f'type="array"><value {value("int", 1)}'
            + properties(
                {
                    "panel-1": {
                        "position": value("string", "p=6;x=0;y=0"),
                        "position-locked": value("bool", True),
                        "length": value("uint", 100),
                        "size": value("uint", 28),
                        "icon-size": value("uint", 16),
                        "plugin-ids": array("int", range(1, len(plugins) + 1)),
                    }
                }
            )
            + "</property>"
        ),
        "plugins": placed,
    }


def write_settings(folder: str, parts: list[tuple[str, ...]], others: list[str]) -> None:
    """Write settings below `folder`; what `others` (XDG folders) start by themselves is off."""
    channel_folder = os.path.join(folder, "xfce4", "xfconf", "xfce-perchannel-xml")
    os.makedirs(channel_folder)
    for name, tree in channels(parts).items():
        with open(os.path.join(channel_folder, f"{name}.xml"), "w") as file:
            file.write(
                '<?xml version="1.0" encoding="UTF-8"?>\n'
                f'<channel name="{name}" version="1.0">{properties(tree)}</channel>\n'
            )
    autostart = os.path.join(folder, "autostart")
    os.makedirs(autostart)
    for other in others:
        try:
            names = os.listdir(os.path.join(other, "autostart"))
        except OSError:
            continue
        for name in names:
            if name.endswith(".desktop"):
                with open(os.path.join(autostart, name), "w") as file:
                    file.write("[Desktop Entry]\nType=Application\nName=Off\nHidden=true\n")


def main(words: list[str]) -> None:
    """Write the settings, then become `words`."""
    env = os.environ
    folder = os.path.join(env["XDG_RUNTIME_DIR"], "xdg")
    others = [each for each in env.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":") if each]
    folders = env.get("PATH", "").split(":")
    parts = [
        part
        for part in PARTS
        if any(os.access(os.path.join(each, part[0]), os.X_OK) for each in folders)
    ]
    write_settings(folder, parts, others)
    env["XDG_CONFIG_DIRS"] = ":".join([folder, *others])
    env["XDG_CURRENT_DESKTOP"] = env["XDG_SESSION_DESKTOP"] = "XFCE"
    env["DESKTOP_SESSION"] = "xfce"
    env["XDG_MENU_PREFIX"] = "xfce-"
    os.execvp(words[0], words)  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
