"""A server on loopback that answers as Yahoo's chart API does, and sessions that send yfinance to it."""

import datetime as dt
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit
from zoneinfo import ZoneInfo

ZONES = {
    "HK": ("Asia/Hong_Kong", "HKD", 9),
    "US": ("America/New_York", "USD", 9),
    "FX": ("Europe/London", "HKD", 0),
}


class Stock:
    """Daily bars of one symbol.

    rows: {ISO date: (open, high, low, close, volume)}; dividends: {ISO date: amount or (amount, currency)};
    splits: {ISO date: (numerator, denominator)}.
    """

    def __init__(self, rows, where="US", dividends=None, splits=None, kind="EQUITY"):
        self.rows, self.kind = rows, kind
        self.zone, self.currency, self.hour = ZONES[where]
        self.dividends, self.splits = dividends or {}, splits or {}

    def stamp(self, day):
        """Yahoo stamps a daily bar with the exchange's opening, in seconds UTC."""
        minute = 30 if self.hour else 0
        local = dt.datetime.combine(
            dt.date.fromisoformat(day), dt.time(self.hour, minute), ZoneInfo(self.zone)
        )
        return int(local.timestamp())

    def chart(self, symbol, first, last):
        """The JSON of /v8/finance/chart for bars stamped from `first` to before `last`."""
        days = [day for day in self.rows if first <= self.stamp(day) < last]
        meta = {
            "currency": self.currency,
            "symbol": symbol,
            "instrumentType": self.kind,
            "exchangeTimezoneName": self.zone,
            "priceHint": 2,
            "dataGranularity": "1d",
            "range": "",
            "validRanges": ["1d", "5d", "1mo", "max"],
        }
        names = ("open", "high", "low", "close", "volume")
        quote = {name: [self.rows[day][i] for day in days] for i, name in enumerate(names)} if days else {}
        result = {"meta": meta, "indicators": {"quote": [quote], "adjclose": [{}]}}
        if days:
            result["timestamp"] = [self.stamp(day) for day in days]
            # Yahoo's adjusted closes: nothing here may ever use them.
            result["indicators"]["adjclose"] = [
                {"adjclose": [close and 0.5 * close for close in quote["close"]]}
            ]
        events = {}
        for day, paid in self.dividends.items():
            if first <= self.stamp(day) < last:
                amount, currency = paid if isinstance(paid, tuple) else (paid, None)
                event = {"amount": amount, "date": self.stamp(day)}
                event |= {"currency": currency} if currency else {}
                events.setdefault("dividends", {})[str(self.stamp(day))] = event
        for day, (numerator, denominator) in self.splits.items():
            if first <= self.stamp(day) < last:
                event = {"date": self.stamp(day), "numerator": numerator, "denominator": denominator}
                event["splitRatio"] = f"{numerator}:{denominator}"
                events.setdefault("splits", {})[str(self.stamp(day))] = event
        if events:
            result["events"] = events
        return {"chart": {"result": [result], "error": None}}


class Yahoo:
    """The server.

    stocks: {Yahoo symbol: Stock}. faults: a list of names, one used up by each request for bars; the last one
    stays if `forever`. asked: (symbol, first day, last day exclusive) of each request for bars, as UTC dates.
    """

    def __init__(self):
        self.stocks, self.faults, self.forever, self.asked, self.paths = {}, [], False, [], []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 2**20  # head and body in one packet

            def do_GET(self):
                outer.answer(self)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def answer(self, handler):
        parts = urlsplit(handler.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.paths.append(parts.path)
        if parts.path.endswith("/getcrumb"):
            return send(handler, 200, b"crumb", kind="text/plain")
        if not parts.path.startswith("/v8/finance/chart/"):
            return send(handler, 404, b"<html>not here</html>", cookie=True)
        symbol = parts.path.rsplit("/", 1)[1].replace("%3D", "=").replace("%5E", "^")
        stock = self.stocks.get(symbol)
        if stock is None:
            error = {"code": "Not Found", "description": "No data found, symbol may be delisted"}
            return send(handler, 404, json.dumps({"chart": {"result": None, "error": error}}).encode())
        if "period1" not in query:  # yfinance asks for the time zone first
            return send(handler, 200, json.dumps(stock.chart(symbol, 0, 2**40)).encode())
        first, last = int(query["period1"]), int(query["period2"])
        spans = [
            dt.datetime.fromtimestamp(at, ZoneInfo(stock.zone)).date().isoformat() for at in (first, last)
        ]
        self.asked.append((symbol, *spans))
        fault = ""
        if self.faults:
            fault = self.faults[0] if self.forever and len(self.faults) == 1 else self.faults.pop(0)
        return self.fail(handler, fault, stock.chart(symbol, first, last))

    def fail(self, handler, fault, chart):
        if fault == "429":
            return send(handler, 429, b"Too Many Requests", kind="text/plain")
        if fault == "500":
            return send(handler, 500, b"<html>Internal Server Error</html>", kind="text/html")
        if fault == "slow":
            time.sleep(1.5)
        result = chart["chart"]["result"][0]
        if fault == "no volume column":
            del result["indicators"]["quote"][0]["volume"]
        if fault == "no timestamps":
            del result["timestamp"]
        if fault == "another shape":
            chart = {"graph": [result]}
        if fault == "a list":
            chart = [chart]
        body = json.dumps(chart).encode()
        return send(handler, 200, body, cut=len(body) // 2 if fault == "cut off" else None)


def send(handler, status, body, kind="application/json", cookie=False, cut=None):
    try:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        if cookie:
            handler.send_header("Set-Cookie", "A3=x; Path=/")
        handler.end_headers()
        handler.wfile.write(body[:cut])
        if cut is not None:
            handler.close_connection = True
    except (BrokenPipeError, ConnectionResetError):
        handler.close_connection = True  # the client has given up


def session(client, port):
    """A session of `client` ("requests" or "curl_cffi") that takes every Yahoo address to the server."""
    if client == "requests":
        from requests import Session as Base
    else:
        from curl_cffi.requests import Session as Base

    class Loopback(Base):
        def request(self, method, url, *args, params=None, **kwargs):
            parts = urlsplit(url)
            assert parts.scheme == "https"
            assert parts.hostname.endswith("yahoo.com"), url
            there = f"http://127.0.0.1:{port}{parts.path or '/'}"
            query = "&".join(filter(None, [parts.query, urlencode(params or {})]))
            return super().request(method, there + ("?" + query if query else ""), *args, **kwargs)

        def get(self, url, **kwargs):
            return self.request("GET", url, **kwargs)

        def post(self, url, **kwargs):
            return self.request("POST", url, **kwargs)

    return Loopback()
