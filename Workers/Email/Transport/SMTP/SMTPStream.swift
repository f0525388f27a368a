import CCurl
import Platform

/// The bytes to and from a mail server. libcurl finds the server, connects, encrypts and logs in; what is said after
/// that is said by ``SMTPSession``: libcurl would tell neither whether the end of a mail was sent nor which recipient a
/// reply is about, and would wait for each reply before the next command.
final class SMTPStream {
    enum Failure: Error, Equatable {
        case closed, timedOut, interrupted
        case mistake(SMTPReplyReader.Mistake)
    }

    private let curl: CurlHandle
    private let login: SMTPLogin
    private let socket: Int32
    private var replies = SMTPReplyReader()

    /// Blocks until the server is ready for mail.
    init(to server: SMTPServer, _ timeouts: SMTPTimeouts, _ interruption: Interruption) throws(TransportFailure) {
        curl = try CurlHandle()
        login = SMTPLogin(curl, to: server, timeouts, interruption)
        try login.perform()
        socket = curl.socket
    }

    /// What the server can do, as it said after the encryption began: the words of its answer to EHLO.
    var capabilities: Set<String> { login.capabilities }

    /// Blocks until all of it is written.
    func write(
        _ bytes: [UInt8], until deadline: MonotonicTime, _ interruption: Interruption
    ) throws(Failure) {
        var offset = 0
        while offset < bytes.count {
            var written = 0
            let code = bytes.withUnsafeBytes {
                curl_easy_send(curl.pointer, $0.baseAddress! + offset, $0.count - offset, &written)
            }
            offset += written
            guard code != CURLE_OK else { continue }
            guard code == CURLE_AGAIN else { throw .closed }
            try wait(.writable, until: deadline, interruption)
        }
    }

    /// Blocks until a reply is complete.
    func nextReply(until deadline: MonotonicTime, _ interruption: Interruption) throws(Failure) -> SMTPReply {
        while true {
            do throws(SMTPReplyReader.Mistake) {
                if let reply = try replies.next() { return reply }
            } catch {
                throw .mistake(error)
            }
            try receive(until: deadline, interruption)
        }
    }

    private func receive(until deadline: MonotonicTime, _ interruption: Interruption) throws(Failure) {
        while true {
            let (code, count) = withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { room in
                var count = 0
                let code = curl_easy_recv(curl.pointer, room.baseAddress, room.count, &count)
                if code == CURLE_OK { replies.append(UnsafeRawBufferPointer(rebasing: room[..<count])) }
                return (code, count)
            }
            if code == CURLE_OK, count > 0 { return }
            guard code == CURLE_AGAIN else { throw .closed }
            try wait(.readable, until: deadline, interruption)
        }
    }

    private func wait(
        _ events: Events, until deadline: MonotonicTime, _ interruption: Interruption
    ) throws(Failure) {
        switch interruption.wait(for: socket, events, until: deadline) {
        case .ready: break
        case .timedOut: throw .timedOut
        case .interrupted: throw .interrupted
        }
    }
}
