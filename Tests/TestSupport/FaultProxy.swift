internal import Foundation
public import RedisClient
internal import Synchronization

/// Stands between a client and a real server and does what networks do.
/// It lives until ``stop()``.
public final class FaultProxy: Sendable {
    public enum Fault: Sendable, Equatable {
        case none
        /// Commands arrive, and their answers do not.
        case swallowAnswers
        /// Nothing arrives in either direction, and nobody is told.
        case blackHole
        /// The connection ends when this many more bytes of answers have passed.
        case cutAfter(answerBytes: Int)
        /// So many portions of answers pass, the next is lost and its connection ends; and so on.
        case loseEvery(Int, passed: Int = 0)
    }

    public let configuration: RedisConfiguration
    private let folder: TemporaryFolder
    private let connections: Connections
    private let fault = Mutex(Fault.none)

    public init(to server: RedisConfiguration) throws {
        guard case .unix(let target) = server.endpoint else { throw TestFailure("a proxy for unix sockets") }
        folder = try TemporaryFolder()
        var configuration = server
        configuration.endpoint = .unix(path: folder.file("proxy.sock"))
        self.configuration = configuration
        connections = try Connections(path: folder.file("proxy.sock"))
        connections.accept { [self] client in
            guard let server = try? UnixSocket.connect(to: target) else { return }
            let answersEnded = DispatchSemaphore(value: 0)
            Thread.detachNewThread { [self] in
                pump(from: server, to: client, areAnswers: true)
                shutdown(client, Int32(SHUT_RDWR))
                answersEnded.signal()
            }
            pump(from: client, to: server, areAnswers: false)
            shutdown(server, Int32(SHUT_RDWR))
            // Neither descriptor may be closed, and its number given away, while the other thread uses it.
            answersEnded.wait()
            close(server)
        }
    }

    public func set(_ fault: Fault) { self.fault.withLock { $0 = fault } }

    public func cut() { connections.cut() }

    public func stop() { connections.stop() }

    private func pump(from source: Int32, to target: Int32, areAnswers: Bool) {
        while let bytes = UnixSocket.read(source) {
            let passed = fault.withLock { fault -> Int? in
                switch fault {
                case .none: return bytes.count
                case .blackHole: return 0
                case .swallowAnswers: return areAnswers ? 0 : bytes.count
                case .cutAfter(let left):
                    guard areAnswers else { return bytes.count }
                    let passed = min(left, bytes.count)
                    fault = .cutAfter(answerBytes: left - passed)
                    return passed
                case .loseEvery(let count, let passed):
                    guard areAnswers else { return bytes.count }
                    fault = .loseEvery(count, passed: (passed + 1) % count)
                    return passed + 1 == count ? nil : bytes.count
                }
            }
            guard let passed, UnixSocket.write(bytes.prefix(passed), to: target) else { return }
            if areAnswers, fault.withLock({ $0 == .cutAfter(answerBytes: 0) }) { return }
        }
    }
}
