internal import Glibc
internal import Platform
internal import Synchronization

/// A TCP connection that sends and reads exactly what a test says.
public final class HTTPClient: Sendable {
    private static let threads = BlockingExecutor(label: "http-client", width: 64)

    private let descriptor: Int32
    /// What came behind the last answer.
    private let received = Mutex<[UInt8]>([])

    public init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw TestFailure("connect: errno \(errno)") }
    }

    deinit { close(descriptor) }

    /// False when the server does not take it any more.
    @discardableResult
    public func send(_ text: String) async -> Bool { await send(Array(text.utf8)) }

    @discardableResult
    public func send(_ bytes: [UInt8]) async -> Bool {
        await withTaskExecutorPreference(Self.threads) { [descriptor] in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }

    /// No more is sent.
    public func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// The next answer with its body; nil when the server closes the connection instead.
    /// - Parameter bodiless: for the answer to a HEAD.
    public func answer(bodiless: Bool = false) async throws -> HTTPAnswer? {
        var (head, rest) = ([UInt8](), received.withLock { $0 })
        while true {
            if let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) {
                head = Array(rest[..<end.upperBound])
                break
            }
            let piece = await read()
            if piece.isEmpty, rest.isEmpty { return nil }
            guard !piece.isEmpty else { throw TestFailure("half an answer: \(String(decoding: rest, as: UTF8.self))") }
            rest += piece
        }
        rest.removeFirst(head.count)
        var answer = try HTTPAnswer(head: String(decoding: head, as: UTF8.self))
        let length = bodiless ? 0 : Int(answer["content-length"] ?? "") ?? 0
        while rest.count < length, case let piece = await read(), !piece.isEmpty { rest += piece }
        answer.body = String(decoding: rest.prefix(length), as: UTF8.self)
        received.withLock { $0 = Array(rest.dropFirst(length)) }
        return answer
    }

    /// The next chunk of an answer that goes on; nil at its end.
    /// - Throws: ``TestFailure`` when the connection ends before it.
    public func chunk() async throws -> String? {
        var rest = received.withLock { $0 }
        while true {
            if let end = rest.firstRange(of: Array("\r\n".utf8)),
                let size = Int(String(decoding: rest[..<end.lowerBound], as: UTF8.self), radix: 16),
                rest.count >= end.upperBound + size + 2
            {
                let chunk = rest[end.upperBound...].prefix(size)
                received.withLock { $0 = Array(rest[(end.upperBound + size + 2)...]) }
                return size == 0 ? nil : String(decoding: chunk, as: UTF8.self)
            }
            let piece = await read()
            guard !piece.isEmpty else { throw TestFailure("cut off: \(String(decoding: rest, as: UTF8.self))") }
            rest += piece
        }
    }

    /// Whether nothing has come by now.
    public var hasNothing: Bool {
        var byte: UInt8 = 0
        return received.withLock({ $0.isEmpty }) && recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT | MSG_PEEK)) < 0
    }

    /// Whether the server closes the connection, with nothing more to say.
    public func isClosed() async -> Bool {
        guard received.withLock({ $0.isEmpty }) else { return false }
        return await read().isEmpty
    }

    /// What has come by now; nothing at the end.
    private func read() async -> [UInt8] {
        await withTaskExecutorPreference(Self.threads) { [descriptor] in
            var piece = [UInt8](repeating: 0, count: 1 << 16)
            let count = recv(descriptor, &piece, piece.count, 0)
            return Array(piece[..<max(0, count)])
        }
    }
}
