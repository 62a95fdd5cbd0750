"""The desk over a played replay: one user to decide as, the browser opened where a person watches."""

from __future__ import annotations

import sys
import webbrowser

import uvicorn

from newsdigest.desk.app import desk_app
from newsdigest.pipeline.bureau import Bureau
from newsdigest.review.review import User
from newsdigest.settings import Settings
from newsdigest.wiring import source_names, system_clock

DEMO_USER = "demo"


def serve_demo_desk(bureau: Bureau, settings: Settings, port: int) -> None:
    """Serve the desk on loopback until it is stopped."""
    clock = system_clock()
    now = clock.now()
    bureau.store.save_user(User(name=DEMO_USER, roles=("ja", "en"), created=now), by="demo", at=now)
    app = desk_app(bureau.store, clock, settings.zone, source_names(list(bureau.sources.values())))
    address = f"http://127.0.0.1:{port}/"
    print(f"The desk is at {address} (Ctrl-C ends the demo; decide as «{DEMO_USER}»)")
    if sys.stdout.isatty():
        webbrowser.open(address)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
