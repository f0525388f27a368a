import Glibc
import Platform
import Synchronization

/// A mail server on a free port of 127.0.0.1 that says what a script tells it to. It takes commands as they come, one by
/// one or many at once.
final class ScriptedServer: Sendable {
    /// What the server has just been told.
    enum Moment: Sendable, Hashable {
        case connected, hello, login, mail, data, message, reset, quit
        /// `RCPT`; the first is 1.
        case recipient(Int)
    }

    enum Action: Sendable {
        /// Lines, which it ends.
        case say(String)
        /// These bytes as they are.
        case send([UInt8])
        /// These bytes, one after another with a pause before each.
        case drip([UInt8], every: Duration)
        case silence
        case hangUp
        case sayAndHangUp(String)
        /// Reads nothing more.
        case sayAndFreeze(String)
        /// Says it once the next command has come.
        case sayBehindNext(String)
    }

    let port: Int
    private let listener: Int32
    private let script: @Sendable (Moment) -> Action?
    private let capabilities: [String]
    private let log = Mutex<[String]>([])
    private let messages = Mutex<[[UInt8]]>([])
    private let moments = Mutex<Set<Moment>>([])
    private let connections = Atomic<Int>(0)
    private let toldAhead = Atomic(false)

    /// - Parameters:
    ///   - capabilities: what it answers to EHLO.
    ///   - script: nil is what a server says to whom it likes.
    init(_ capabilities: [String] = ["PIPELINING"], _ script: @escaping @Sendable (Moment) -> Action?) throws {
        (listener, port) = try Self.listen()
        self.capabilities = capabilities
        self.script = script
        let listener = listener
        try SystemThread.start(name: "scripted") { [self] in
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                connections.wrappingAdd(1, ordering: .relaxed)
                try? SystemThread.start(name: "scripted") { self.serve(connection) }
            }
        }
    }

    /// Ends the waits of its threads; call it when the test is over.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// Runs the body beside a server that acts in its own way at one moment.
    static func with<Value>(
        _ capabilities: [String] = ["PIPELINING"], script moment: Moment, _ action: Action,
        _ body: (ScriptedServer) async throws -> Value
    ) async throws -> Value {
        try await with(capabilities, { $0 == moment ? action : nil }, body)
    }

    /// Runs the body beside a server.
    static func with<Value>(
        _ capabilities: [String] = ["PIPELINING"], _ script: @escaping @Sendable (Moment) -> Action?,
        _ body: (ScriptedServer) async throws -> Value
    ) async throws -> Value {
        let server = try ScriptedServer(capabilities, script)
        defer { server.stop() }
        return try await body(server)
    }

    /// Every command it got, in their order.
    var commands: [String] { log.withLock { $0 } }
    /// Every mail it got to its end, as it was sent.
    var mails: [[UInt8]] { messages.withLock { $0 } }
    /// Whether any client has brought it so far.
    func hasCome(to moment: Moment) -> Bool { moments.withLock { $0.contains(moment) } }
    /// Whether a command came before the one before it was answered.
    var wasToldAhead: Bool { toldAhead.load(ordering: .relaxed) }
    var connectionCount: Int { connections.load(ordering: .relaxed) }

    // MARK: - One connection

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        var reader = LineBuffer(connection)
        var (recipients, isLoggingIn) = (0, false)
        guard perform(action(at: .connected), on: connection) else { return }
        while let line = reader.nextLine() {
            let text = String(decoding: line, as: UTF8.self)
            log.withLock { $0.append(text) }
            let moment = isLoggingIn ? .login : Self.moment(text, &recipients)
            let action = moment.map { self.action(at: $0, text) } ?? .say("500 What?")
            isLoggingIn = moment == .login && action.asksForMore
            if reader.hasMore { toldAhead.store(true, ordering: .relaxed) }
            guard perform(action, on: connection) else { return reader.drain() }
            guard moment == .data, case .say(let reply) = action, reply.hasPrefix("354") else { continue }
            guard let mail = reader.nextMessage() else { return }
            messages.withLock { $0.append(mail) }
            let answer = self.action(at: .message)
            if case .sayBehindNext = answer, !reader.waitForMore() { return }
            guard perform(answer, on: connection) else { return reader.drain() }
        }
    }

    private func action(at moment: Moment, _ line: String = "") -> Action {
        moments.withLock { _ = $0.insert(moment) }
        return script(moment) ?? usual(moment, line)
    }

    private static func moment(_ line: String, _ recipients: inout Int) -> Moment? {
        switch line.prefix(4).uppercased() {
        case "EHLO", "HELO": return .hello
        case "AUTH": return .login
        case "DATA": return .data
        case "RSET": return .reset
        case "QUIT": return .quit
        case "MAIL":
            recipients = 0
            return .mail
        case "RCPT":
            recipients += 1
            return .recipient(recipients)
        default: return nil
        }
    }

    private func usual(_ moment: Moment, _ line: String) -> Action {
        switch moment {
        case .connected: .say("220 ready")
        case .hello: .say((["here"] + capabilities).lines(code: "250"))
        // A mechanism alone is asked for what it proves.
        case .login: .say(line.split(separator: " ").count == 2 ? "334 " : "235 welcome")
        case .data: .say("354 go on")
        case .quit: .sayAndHangUp("221 bye")
        default: .say("250 2.0.0 fine")
        }
    }

    /// - Returns: false when the connection is over.
    private func perform(_ action: Action, on connection: Int32) -> Bool {
        switch action {
        case .say(let text), .sayBehindNext(let text): return write(Array((text + "\r\n").utf8), to: connection)
        case .send(let bytes): return write(bytes, to: connection)
        case .silence: return true
        case .drip(let bytes, let pause):
            for byte in bytes {
                usleep(UInt32(pause.milliseconds * 1000))
                guard write([byte], to: connection) else { return false }
            }
            return true
        case .sayAndFreeze(let text):
            guard write(Array((text + "\r\n").utf8), to: connection) else { return false }
            var watched = pollfd(fd: connection, events: 0x2000 /* POLLRDHUP */, revents: 0)
            return poll(&watched, 1, -1) < 0
        case .hangUp, .sayAndHangUp:
            if case .sayAndHangUp(let text) = action { _ = write(Array((text + "\r\n").utf8), to: connection) }
            shutdown(connection, Int32(SHUT_WR))
            return false
        }
    }

    private func write(_ bytes: [UInt8], to connection: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func listen() throws -> (Int32, Int) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && Glibc.listen(listener, 64) == 0
                    && getsockname(listener, $0, &size) == 0
            }
        }
        guard isListening else { throw SystemError.last("listening on 127.0.0.1") }
        return (listener, Int(UInt16(bigEndian: address.sin_port)))
    }
}

extension ScriptedServer.Action {
    fileprivate var asksForMore: Bool { if case .say(let reply) = self { reply.hasPrefix("334") } else { false } }
}

extension [String] {
    /// A reply of several lines, without its last end.
    func lines(code: String) -> String {
        enumerated().map { "\(code)\($0.offset + 1 < count ? "-" : " ")\($0.element)" }.joined(separator: "\r\n")
    }
}

/// What comes over a connection, in lines.
private struct LineBuffer {
    private let connection: Int32
    private var bytes: [UInt8] = []

    init(_ connection: Int32) { self.connection = connection }

    var hasMore: Bool { !bytes.isEmpty }

    /// False when nothing comes any more.
    mutating func waitForMore() -> Bool { hasMore || receive() }

    /// Without its end; nil when there are no more.
    mutating func nextLine() -> [UInt8]? {
        while true {
            if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
                let line = bytes[..<end]
                bytes.removeFirst(end + 1)
                return line.last == UInt8(ascii: "\r") ? Array(line.dropLast()) : Array(line)
            }
            guard receive() else { return nil }
        }
    }

    /// A mail, without its last line.
    mutating func nextMessage() -> [UInt8]? {
        var mail: [UInt8] = []
        while let line = nextLine() {
            if line == [UInt8(ascii: ".")] { return mail }
            mail += line + Array("\r\n".utf8)
        }
        return nil
    }

    /// A connection that is closed with bytes unread takes what was said last away from the other side.
    mutating func drain() { while receive() { bytes = [] } }

    private mutating func receive() -> Bool {
        var room = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(connection, &room, room.count, 0)
        guard count > 0 else { return false }
        bytes += room[..<count]
        return true
    }
}
