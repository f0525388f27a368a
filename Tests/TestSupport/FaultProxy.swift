internal import Foundation
internal import Synchronization

/// Stands between a client and a real server and does what networks do.
/// It lives until ``stop()``.
public final class FaultProxy<Server: ProxiedServer>: Sendable {
    public enum Fault: Sendable, Equatable {
        case none
        /// Commands arrive, and their answers do not.
        case swallowAnswers
        /// Nothing arrives in either direction, and nobody is told.
        case blackHole
        /// The connection ends when this many more bytes of answers have passed.
        case cutAfter(answerBytes: Int)
        /// Answers pass up to the one with these words in it; that one is lost, and so is every one after it.
        case loseFrom(answer: String)
        /// So many portions of answers pass, the next is lost and its connection ends; and so on.
        case loseEvery(Int, passed: Int = 0)
        /// The connection ends instead of passing on what the client sent with these words in it.
        case cutRequest(containing: String)
        /// The connection ends instead of passing on what the server answered with these words in it.
        case cutAnswer(containing: String)

        func cuts(_ bytes: [UInt8], areAnswers: Bool) -> Bool {
            switch self {
            case .cutRequest(let words): !areAnswers && bytes.firstRange(of: words.utf8) != nil
            case .cutAnswer(let words): areAnswers && bytes.firstRange(of: words.utf8) != nil
            default: false
            }
        }
    }

    /// How the server is reached through the proxy.
    public let configuration: Server
    private let folder: TemporaryFolder
    private let connections: Connections
    private let fault = Mutex(Fault.none)
    private let cutCount = Mutex(0)

    public init(to server: Server) throws {
        guard let target = server.socket else { throw TestFailure("a proxy for unix sockets") }
        folder = try TemporaryFolder()
        configuration = server.moved(to: folder.path)
        guard let path = configuration.socket else { throw TestFailure("a proxy has a socket") }
        connections = try Connections(path: path)
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

    /// How often words were met that were not to pass.
    public var cuts: Int { cutCount.withLock { $0 } }

    public func cut() { connections.cut() }

    public func stop() { connections.stop() }

    private func pump(from source: Int32, to target: Int32, areAnswers: Bool) {
        while let bytes = UnixSocket.read(source) {
            if fault.withLock({ $0.cuts(bytes, areAnswers: areAnswers) }) {
                cutCount.withLock { $0 += 1 }
                return
            }
            let passed = fault.withLock { fault -> Int? in
                switch fault {
                case .none, .cutRequest, .cutAnswer: return bytes.count
                case .blackHole: return 0
                case .swallowAnswers: return areAnswers ? 0 : bytes.count
                case .loseFrom(let words):
                    guard areAnswers, bytes.firstRange(of: words.utf8) != nil else { return bytes.count }
                    fault = .swallowAnswers
                    return 0
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
