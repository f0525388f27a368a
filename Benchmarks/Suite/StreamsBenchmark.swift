internal import Access
internal import FoundationEssentials
internal import Glibc
internal import HTTPServer
internal import Jobs
internal import Platform

/// What a thousand listeners to `/v1/stream` cost a server while nothing happens.
struct StreamsBenchmark {
    private static let seconds = 5

    let workshop: Workshop

    private var listeners: Int { workshop.jobs(1000) }

    func run(_ report: (Figure) -> Void) async throws {
        OpenFileLimit.raise()
        try await workshop.withRedis { redis in
            let made = try await KeyStore(redis.client).create("bench", role: .operator, expires: nil, by: "bench")
            guard let key = made?.key else { throw BenchmarkFailure(description: "no key was made") }
            let port = try FreePort.find()
            let server = try await WorkerProcess.start(
                ["serve", "--listen", "127.0.0.1:\(port)"], on: redis.server.url,
                ["COURSEWORK_CONFIG": try workshop.configuration()], workshop: workshop)
            do { try await measure(server, port, key, report) } catch {
                await server.stop()
                throw error
            }
            await server.stop()
        }
    }

    private func measure(
        _ server: WorkerProcess, _ port: UInt16, _ key: APIKey, _ report: (Figure) -> Void
    ) async throws {
        // The first makes all that is there once for all of them.
        let first = try StreamListener(port, key.text)
        try first.untilTold()
        let before = server.residentMegabytes
        var others: [StreamListener] = []
        for _ in 1..<listeners { others.append(try StreamListener(port, key.text)) }
        for listener in others { try listener.untilTold() }
        await workshop.loop.sleep(for: .seconds(1))
        let processor = server.processorSeconds
        await workshop.loop.sleep(for: .seconds(Self.seconds))
        let used = server.processorSeconds - processor
        let resident = server.residentMegabytes
        report(
            Figure(
                "\(listeners) idle listeners, memory of the server", resident, "MB",
                [.init(of: "100 MB", ratio: resident / 100, bar: .atMost(1))]))
        report(Figure("… before the second of them", before, "MB"))
        report(Figure("… of each", (resident - before) * 1024 / Double(listeners - 1), "KB"))
        report(Figure("… processor", used / Double(Self.seconds) * 100, "% core"))
        first.close()
        for listener in others { listener.close() }
    }
}

/// A connection that reads events.
private final class StreamListener {
    private let socket: FileDescriptor

    init(_ port: UInt16, _ key: String) throws {
        socket = FileDescriptor(
            owning: Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0))
        var (address, patience) = (LoopbackListener.address(port: port), timeval(tv_sec: 10, tv_usec: 0))
        setsockopt(socket.number, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let number = socket.number
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw SystemError.last("connecting to the server") }
        let request = Array("GET /v1/stream HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(key)\r\n\r\n".utf8)
        guard send(number, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw SystemError.last("asking the server")
        }
    }

    /// Returns when it was told how things are.
    func untilTold() throws {
        var (text, piece) = ("", [UInt8](repeating: 0, count: 4096))
        while !text.contains("id: ") {
            let count = recv(socket.number, &piece, piece.count, 0)
            guard count > 0 else { throw BenchmarkFailure(description: "the server said: \(text)") }
            text += String(decoding: piece[..<count], as: UTF8.self)
        }
    }

    func close() { shutdown(socket.number, Int32(SHUT_RDWR)) }
}
