"""The mail page: a small JSON interface over the accounts, and the files of `page/`. On this machine only."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from email.utils import make_msgid, parseaddr
from pathlib import Path
from typing import Any

from aiohttp import web

from demo import letters, office
from demo.examples import EXAMPLES
from demo.letters import Draft, NotSendable
from demo.server import INBOX, LOOPBACK, SENT, PostOffice, Stored
from notify.deadlines import BERLIN

FILES = Path(__file__).with_name("page")
LABELS = {INBOX: "Posteingang"}
POST: web.AppKey[PostOffice] = web.AppKey("post", PostOffice)

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self';"
    " sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)


def application(post: PostOffice) -> web.Application:
    """The page over these accounts."""
    made = web.Application(middlewares=[_this_machine_only])
    made[POST] = post
    made.add_routes(
        [
            web.get("/", _index),
            web.get("/api/start", _start),
            web.get("/api/state", _state),
            web.get("/api/mail", _mail),
            web.post("/api/seen", _seen),
            web.post("/api/send", _send),
            web.get("/mail.html", _html),
            web.get("/mail.eml", _raw),
            web.static("/page", FILES),
        ]
    )
    return made


async def serve(post: PostOffice, port: int) -> tuple[web.AppRunner, str]:
    """Starts listening (port 0: a free one); gives what is to be cleaned up, and the page's URL. Raises OSError."""
    runner = web.AppRunner(application(post), access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, LOOPBACK, port)
    await site.start()
    return runner, f"http://{LOOPBACK}:{runner.addresses[0][1]}/"


@web.middleware
async def _this_machine_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Other sites open in the same browser can neither read (name tricks) nor send (forms) through this page."""
    if request.host.rpartition(":")[0] not in (LOOPBACK, "localhost"):
        raise web.HTTPForbidden(text="Diese Seite gibt es nur auf diesem Rechner.")
    if request.method == "POST" and request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    response = await handler(request)
    response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
    response.headers.update({"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"})
    return response


async def _index(_request: web.Request) -> web.StreamResponse:
    return web.FileResponse(FILES / "index.html")


async def _start(_request: web.Request) -> web.Response:
    """What does not change: the office's name, whom to write to and as, the example letters."""
    return web.json_response(
        {
            "office": office.NAME,
            "krm": office.KRM.address,
            "citizen": {"name": office.ERIKA.name, "address": office.ERIKA.address},
            "officer": {"name": office.OFFICER.name, "address": office.OFFICER.address},
            "examples": [asdict(e) for e in EXAMPLES],
        }
    )


async def _state(request: web.Request) -> web.Response:
    """All accounts; folders of the one that is open; mails of its open folder, newest first."""
    post = request.app[POST]
    account, folder = request.query.get("account", ""), request.query.get("folder", INBOX)
    mails = await post.mails(account, folder)
    return web.json_response(
        {
            "accounts": [await _account(post, address) for address in await post.addresses()],
            "folders": [await _folder(post, account, name) for name in await post.folders(account)],
            "mails": [_row(m) for m in reversed(mails)],
        }
    )


async def _account(post: PostOffice, address: str) -> Json:
    who = office.account(address) or office.Account(address, address, "außerhalb")
    unread = sum(not m.seen for m in await post.mails(address))
    group = "citizen" if who.citizen else ("bot" if who == office.KRM else "house")
    return {"address": address, "name": who.name, "role": who.role, "group": group, "unread": unread}


async def _folder(post: PostOffice, account: str, name: str) -> Json:
    mails = await post.mails(account, name)
    label = LABELS.get(name, SENT if name == "Sent" else name)
    return {"name": name, "label": label, "total": len(mails)}


def _row(mail: Stored) -> Json:
    shown = letters.view(mail.content)
    own = parseaddr(shown.sender)[1].casefold() == mail.account
    return {
        "uid": mail.uid,
        "who": _name(shown.to) if own else _name(shown.sender),
        "own": own,
        "subject": shown.subject,
        "arrived": mail.arrived.isoformat(),
        "seen": mail.seen,
    }


def _name(field: str) -> str:
    name, address = parseaddr(field)
    return name or address or field


async def _mail(request: web.Request) -> web.Response:
    """One mail as it is shown, and the reply that would be opened."""
    stored = await _stored(request)
    shown = letters.view(stored.content)
    value = asdict(shown) | {"html": bool(shown.html), "arrived": stored.arrived.isoformat()}
    return web.json_response(value | {"reply": asdict(letters.reply(shown)), "own": _row(stored)["own"]})


async def _seen(request: web.Request) -> web.Response:
    value = await _object(request)
    await request.app[POST].mark_seen(str(value.get("account")), str(value.get("folder")), value.get("uid"))
    return web.json_response({})


async def _send(request: web.Request) -> web.Response:
    """Sends from the account that is open; a draft that cannot go comes back with what is wrong (400)."""
    value = await _object(request)
    who = office.account(str(value.get("account", "")))
    if who is None or who == office.KRM:
        return web.json_response({"fault": "Von diesem Konto kann niemand schreiben."}, status=400)
    fields = {name: str(value.get(name, "")) for name in ("to", "subject", "body", "in_reply_to", "references")}
    message_id = make_msgid(domain=who.address.partition("@")[2])
    try:
        content = letters.compose(Draft(**fields), str(who), message_id, datetime.now(BERLIN))
    except NotSendable as fault:
        return web.json_response({"fault": str(fault)}, status=400)
    await request.app[POST].submit(who.address, content)
    return web.json_response({"message_id": message_id})


async def _html(request: web.Request) -> web.Response:
    """The mail's HTML for the frame: no script, no picture from outside, nothing loaded."""
    stored = await _stored(request)
    html = letters.for_frame(letters.view(stored.content).html)
    return web.Response(text=html, content_type="text/html", headers={"Content-Security-Policy": MAIL_POLICY})


async def _raw(request: web.Request) -> web.Response:
    stored = await _stored(request)
    name = f"{stored.account.partition('@')[0]}-{stored.uid}.eml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=stored.content, content_type="message/rfc822", headers=headers)


async def _object(request: web.Request) -> Json:
    try:
        value = await request.json()
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise web.HTTPBadRequest(text="Das ist kein JSON-Objekt.")
    return value


async def _stored(request: web.Request) -> Stored:
    query = request.query
    uid = query.get("uid", "")
    found = None
    if uid.isascii() and uid.isdecimal():
        found = await request.app[POST].mail(query.get("account", ""), query.get("folder", INBOX), int(uid))
    if found is None:
        raise web.HTTPNotFound(text="Diese Nachricht gibt es nicht.")
    return found
