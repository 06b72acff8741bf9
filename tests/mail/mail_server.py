"""A mail server for tests: mail_server.py MODE [CERTIFICATE KEY]

Prints "port N", then for each letter one line of JSON with what it got. Takes the user "ana" with the password
"p@ss:word" and no other. In the mode "holds" it prints "holds" when it has got the bytes of the first letter, and takes
that letter when a line comes to its standard input, unless whoever sent it has gone; the others it takes at once.
"""
import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    holds_the_next = True  # of all connections

    def __init__(self, mode):
        self.mode = mode

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mode == "mailbox-busy":
            return "450 try later, secret-detail"
        if self.mode == "no-such-person":
            return "550 no such person, secret-detail"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.mode == "letter-refused":
            return "554 not this letter"
        if self.mode == "holds" and Handler.holds_the_next:
            Handler.holds_the_next = False
            print("holds", flush=True)
            await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        print(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "headers": [name for name, _ in letter.items()],
            "subject": letter["Subject"],
            "id": letter["Message-ID"],
            "defects": len(letter.defects),
            "text": letter.get_content(),
            "tls": server.transport.get_extra_info("ssl_object") is not None,
        }), flush=True)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b"ana" and data.password == b"p@ss:word", handled=False)


async def hang(reader, writer):
    await asyncio.sleep(600)


async def main():
    mode = sys.argv[1]
    context = None
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
    loop = asyncio.get_running_loop()
    if mode == "hangs":
        server = await asyncio.start_server(hang, "127.0.0.1", 0)
    elif mode == "smtps":
        server = await loop.create_server(lambda: SMTP(Handler(mode), hostname="test"), "127.0.0.1", 0, ssl=context)
    elif mode == "starttls":
        server = await loop.create_server(
            lambda: SMTP(Handler(mode), hostname="test", tls_context=context, require_starttls=True,
                         authenticator=authenticate, auth_required=True), "127.0.0.1", 0)
    elif mode == "password-in-clear":
        server = await loop.create_server(
            lambda: SMTP(Handler(mode), hostname="test", authenticator=authenticate, auth_require_tls=False),
            "127.0.0.1", 0)
    else:
        server = await loop.create_server(lambda: SMTP(Handler(mode), hostname="test"), "127.0.0.1", 0)
    print("port", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
