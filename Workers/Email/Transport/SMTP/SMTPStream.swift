import Curl
import Platform

/// The bytes to and from a mail server. libcurl finds the server, connects, encrypts and logs in, which blocks; what is
/// said after that, and never blocks, is said by ``SMTPSession``: libcurl would tell neither whether the end of a mail was
/// sent nor which recipient a reply is about, and would wait for each reply before the next command.
///
/// `@unchecked Sendable`: any one thread at a time may use it. It is made on a thread that may block, and handed once to
/// the event loop.
final class SMTPStream: @unchecked Sendable {
    enum Failure: Error, Equatable {
        case closed, timedOut, interrupted
        case mistake(SMTPReplyReader.Mistake)
    }

    let socket: Int32
    private let curl: CurlHandle
    private let login: SMTPLogin
    private let isEncrypted: Bool
    private var replies = SMTPReplyReader()
    /// Nothing was left behind what was read last.
    private var isDrained = false

    /// Blocks until the server is ready for mail.
    init(to server: SMTPServer, _ timeouts: SMTPTimeouts, _ interruption: Interruption) throws(TransportFailure) {
        curl = try .forMail()
        login = SMTPLogin(curl, to: server, timeouts, interruption)
        try login.perform()
        socket = curl.socket
        isEncrypted = server.security != .none
    }

    /// What the server can do, as it said after the encryption began: the words of its answer to EHLO.
    var capabilities: Set<String> { login.capabilities }

    /// - Returns: how many of the bytes were taken; 0 when the server takes none now.
    func write(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> Int {
        switch curl.send(bytes) {
        case (.ok, let count): return count
        case (.again, _): return 0
        default: throw .closed
        }
    }

    /// Something has come, be it the end.
    func noteReadable() { isDrained = false }

    /// The next reply that has come; nil when none has come to its end.
    func nextReply() throws(Failure) -> SMTPReply? {
        while true {
            do throws(SMTPReplyReader.Mistake) {
                if let reply = try replies.next() { return reply }
            } catch {
                throw .mistake(error)
            }
            guard try receive() else { return nil }
        }
    }

    /// - Returns: false when nothing is there.
    private func receive() throws(Failure) -> Bool {
        guard !isDrained else { return false }
        let (code, count) = withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { room in
            let (code, count) = curl.receive(into: room)
            if code == .ok { replies.append(UnsafeRawBufferPointer(rebasing: room[..<count])) }
            // What is encrypted may lie in the library, where no event tells of it.
            isDrained = !isEncrypted && count < room.count
            return (code, count)
        }
        guard code != .again else { return false }
        guard code == .ok, count > 0 else { throw .closed }
        return true
    }
}
