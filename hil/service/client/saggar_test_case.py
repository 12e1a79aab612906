"""Drives a simulated kiln of `saggar-hil serve` step by step; see docs/qa/test-case-service.md.

Needs Debian's python3-zmq and python3-flatbuffers, and on PYTHONPATH the folder build/release/python,
where the build puts the modules of the messages.
"""
import struct

import flatbuffers
import zmq
from saggar.wire.fb import ServiceInput, ServiceReply, ServiceRequest

# Envelope: magic, protocol (little endian), kind, zero.
PROTOCOL, REQUEST, REPLY = 1, 64, 65
CALLS = ("list_cases", "initialise", "describe", "set_step", "set_scenario", "advance", "kpi", "results",
         "forecast", "stop")
TEXTS = ("test_case", "start", "scenario")
NUMBERS = ("warm_up_s", "step_s", "from_s", "to_s", "horizon_s")


class Refused(Exception):
    """The service did not do it: `field` of the request, and what would be right."""

    def __init__(self, field, why):
        super().__init__(f"{field}: {why}")
        self.field, self.why = field, why


def camel(name):
    """Name of a member as flatc spells it."""
    return "".join(word[0].upper() + word[1:] for word in name.split("_"))


def add_list(builder, start, offsets):
    """A vector of offsets, in order."""
    start(builder, len(offsets))
    for offset in reversed(offsets):
        builder.PrependUOffsetTRelative(offset)
    try:
        return builder.EndVector()
    except TypeError:  # flatbuffers before 2.0
        return builder.EndVector(len(offsets))


def encode(number, call, instance=0, seed=0, inputs=None, names=(), **members):
    """The bytes of one request."""
    builder = flatbuffers.Builder(1024)
    offsets = {key: builder.CreateString(members.pop(key)) for key in TEXTS if key in members}
    made = []
    for name, value in (inputs or {}).items():
        text = builder.CreateString(name)
        ServiceInput.ServiceInputStart(builder)
        ServiceInput.ServiceInputAddName(builder, text)
        ServiceInput.ServiceInputAddValue(builder, 0.0 if value is None else float(value))
        ServiceInput.ServiceInputAddActivate(builder, value is not None)
        made.append(ServiceInput.ServiceInputEnd(builder))
    offsets["inputs"] = add_list(builder, ServiceRequest.ServiceRequestStartInputsVector, made)
    texts = [builder.CreateString(name) for name in names]
    offsets["names"] = add_list(builder, ServiceRequest.ServiceRequestStartNamesVector, texts)
    ServiceRequest.ServiceRequestStart(builder)
    ServiceRequest.ServiceRequestAddRequest(builder, number)
    ServiceRequest.ServiceRequestAddInstance(builder, instance)
    ServiceRequest.ServiceRequestAddCall(builder, CALLS.index(call))
    ServiceRequest.ServiceRequestAddSeed(builder, seed)
    for key in NUMBERS:
        if key in members:
            getattr(ServiceRequest, "ServiceRequestAdd" + camel(key))(builder, float(members.pop(key)))
    for key, offset in offsets.items():
        getattr(ServiceRequest, "ServiceRequestAdd" + camel(key))(builder, offset)
    if members:
        raise TypeError(f"a request has no {', '.join(members)}")
    builder.Finish(ServiceRequest.ServiceRequestEnd(builder))
    return b"SAGR" + struct.pack("<HBB", PROTOCOL, REQUEST, 0) + bytes(builder.Output())


def text_of(raw):
    """A text of a message, which may be missing."""
    return "" if raw is None else raw.decode()


def decode(message):
    """The table of one reply."""
    magic, protocol, kind, _ = struct.unpack_from("<4sHBB", message)
    if (magic, protocol, kind) != (b"SAGR", PROTOCOL, REPLY):
        raise ValueError(f"not a reply of this service: {message[:8]!r}")
    return ServiceReply.ServiceReply.GetRootAs(message[8:], 0)


class Service:
    """A connection; asks one thing at a time."""

    def __init__(self, endpoint="tcp://127.0.0.1:7731", timeout_s=600):
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.setsockopt(zmq.LINGER, 0)
        self.socket.connect(endpoint)
        self.timeout_ms, self.number = int(1000 * timeout_s), 0

    def ask(self, call, **members):
        """The reply; Refused if it was not done, TimeoutError if nobody answers."""
        self.number += 1
        self.socket.send(encode(self.number, call, **members))
        while self.socket.poll(self.timeout_ms):
            reply = decode(self.socket.recv())
            if reply.Request() not in (0, self.number):
                continue  # of a request that was given up
            if reply.Error():
                raise Refused(text_of(reply.ErrorField()), text_of(reply.Error()))
            return reply
        raise TimeoutError(f"no answer to {call} in {self.timeout_ms / 1000} s")

    def cases(self):
        """Test cases: name -> description."""
        reply = self.ask("list_cases")
        points = [reply.Points(i) for i in range(reply.PointsLength())]
        return {text_of(p.Name()): text_of(p.Text()) for p in points}

    def close(self):
        """Leaves the connection; instances go on until they are idle for too long."""
        self.socket.close()


def values(reply, role):
    """Points of one role: name -> value, None where there is no good one."""
    points = [reply.Points(i) for i in range(reply.PointsLength())]
    return {text_of(p.Name()): p.Value() if p.Good() else None
            for p in points if text_of(p.Role()) == role}


def series(reply):
    """Series: name -> (times in s, values, standard deviations or nothing)."""
    found = {}
    for i in range(reply.SeriesLength()):
        s = reply.Series(i)
        columns = ([s.TimeS(k) for k in range(s.TimeSLength())],
                   [s.Value(k) for k in range(s.ValueLength())],
                   [s.Sigma(k) for k in range(s.SigmaLength())])
        found[text_of(s.Name())] = columns
    return found


class Kiln:
    """One instance. `inputs`, `measurements` and `forecasts` are as they were when it began."""

    def __init__(self, service, test_case, seed=1, start="near_operation", warm_up_s=0, step_s=30):
        self.service = service
        reply = service.ask("initialise", test_case=test_case, seed=seed, start=start,
                            warm_up_s=warm_up_s, step_s=step_s)
        self.instance, self.time_s = reply.Instance(), reply.TimeS()
        self.inputs = values(reply, "input")
        self.measurements = values(reply, "measurement")
        self.forecasts = values(reply, "forecast")

    def ask(self, call, **members):
        """A call to this instance."""
        reply = self.service.ask(call, instance=self.instance, **members)
        self.time_s = reply.TimeS()
        return reply

    def set_step(self, step_s):
        """Simulated time of one advance."""
        self.ask("set_step", step_s=step_s)

    def set_scenario(self, name):
        """Faults of configs/scenarios, from now on; an empty name ends what has not begun."""
        self.ask("set_scenario", scenario=name)

    def advance(self, inputs=None):
        """One step. `inputs`: name -> value, or None to give it back to the local recipe; what is
        not named stays as it is. Returns measurements, and what the devices refused."""
        reply = self.ask("advance", inputs=inputs)
        return values(reply, "measurement"), [
            text_of(reply.Points(i).Name()) + ": " + text_of(reply.Points(i).Text())
            for i in range(reply.PointsLength()) if text_of(reply.Points(i).Role()) == "refused"]

    def kpi(self):
        """Key figures since the end of the warm-up."""
        return values(self.ask("kpi"), "kpi")

    def results(self, names, from_s, to_s):
        """What tags showed, once a minute."""
        return series(self.ask("results", names=names, from_s=from_s, to_s=to_s))

    def forecast(self, names, horizon_s):
        """What is known of the future, with one standard deviation."""
        return series(self.ask("forecast", names=names, horizon_s=horizon_s))

    def stop(self):
        """Makes room for another instance."""
        self.ask("stop")
