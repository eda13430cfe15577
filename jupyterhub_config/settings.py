"""What `npm run hub` was told: its options arrive as SIGHTLINE_HUB_… variables, none of which is a secret."""

import os
from dataclasses import dataclass, field
from pathlib import Path

root = Path(__file__).resolve().parent.parent


def _read(name, default):
    return os.environ.get(f"SIGHTLINE_HUB_{name}") or default


def _paths(*parts):
    return os.pathsep.join(str(part) for part in parts if part)


@dataclass(frozen=True)
class Settings:
    # Without root no account can be changed to: then everyone's server runs as the hub's own user.
    is_demo: bool = os.geteuid() != 0
    ip: str = _read("IP", "127.0.0.1")
    port: int = int(_read("PORT", "8000"))
    hub_port: int = int(_read("HUB_PORT", "8081"))
    proxy_port: int = int(_read("PROXY_PORT", "8001"))
    cert: str = _read("CERT", "")
    key: str = _read("KEY", "")
    state: str = _read("STATE", str(root / ".sightline" / "hub"))
    notebook_dir: str = _read("NOTEBOOK_DIR", str(root / ".sightline" / "hub" / "people"))
    node: str = _read("NODE", str(root / "node_modules" / ".bin" / "node"))
    cull_after_s: int = int(_read("CULL_AFTER_S", "3600"))
    named_servers: int = int(_read("NAMED_SERVERS", "3"))
    extra_config: list = field(default_factory=lambda: [p for p in [_read("CONFIG", "")] if p])

    @property
    def url(self):
        host = f"[{self.ip}]" if ":" in self.ip else self.ip
        return f"{'https' if self.cert else 'http'}://{host}:{self.port}"

    @property
    def server_environment(self):
        """What everyone's server finds: the kernel, the extension, the engine's Python; nothing of the hub's own."""
        here = Path(__file__).resolve().parent
        # Root's own PATH may lead through folders that are closed to others.
        path = os.environ.get("PATH", "") if self.is_demo else "/usr/local/bin:/usr/bin:/bin"
        return {
            "PATH": _paths(root / "node_modules" / ".bin", path),
            "JUPYTER_PATH": _paths(root / "share" / "jupyter"),
            "JUPYTER_CONFIG_PATH": _paths(here / "jupyter"),
            "JUPYTERHUB_ACTIVITY_INTERVAL": str(max(1, min(300, (self.cull_after_s or 1200) // 4))),
            "SIGHTLINE_PYTHON": str(root / ".sightline" / "jupyterhub" / "bin" / "python"),
        }


settings = Settings()
