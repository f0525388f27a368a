public import RedisClient
internal import Synchronization

/// Something on a unix socket that reads Redis commands and answers what a test tells it to.
/// It lives until ``stop()``.
public final class FakeServer: Sendable {
    public enum Action: Sendable {
        /// These bytes, whatever they are.
        case answer(String)
        case silence
        case close
        case answerAndClose(String)
    }

    public let configuration: RedisConfiguration
    private let folder: TemporaryFolder
    private let connections: Connections
    private let received = Mutex<[[String]]>([])

    /// - Parameter respond: nil takes what a real server says when a client introduces itself.
    public init(_ respond: @escaping @Sendable (_ command: [String]) -> Action?) throws {
        folder = try TemporaryFolder()
        configuration = RedisConfiguration(endpoint: .unix(path: folder.file("fake.sock")))
        connections = try Connections(path: folder.file("fake.sock"))
        connections.accept { [self] connection in
            var reader = CommandReader()
            while let bytes = UnixSocket.read(connection) {
                for command in reader.commands(in: bytes) {
                    received.withLock { $0.append(command) }
                    guard perform(respond(command) ?? Self.introduction(command), on: connection) else { return }
                }
            }
        }
    }

    /// All commands it got.
    public var commands: [[String]] { received.withLock { $0 } }

    public var openConnections: Int { connections.all.count }

    /// Says something that nobody asked for.
    public func push(_ text: String) {
        for connection in connections.all { UnixSocket.write(text.utf8, to: connection) }
    }

    public func cut() { connections.cut() }

    public func stop() { connections.stop() }

    private func perform(_ action: Action, on connection: Int32) -> Bool {
        switch action {
        case .answer(let text): return UnixSocket.write(text.utf8, to: connection)
        case .silence: return true
        case .close: return false
        case .answerAndClose(let text):
            UnixSocket.write(text.utf8, to: connection)
            return false
        }
    }

    private static func introduction(_ command: [String]) -> Action {
        switch command.prefix(2) {
        case ["PING"]: .answer("+PONG\r\n")
        case ["CLIENT", "ID"]: .answer(":7\r\n")
        default: .answer("+OK\r\n")
        }
    }
}
