import CCurl
import Platform

/// How libcurl brings a connection to where mail can be sent: greeting, EHLO, STARTTLS, AUTH. It watches what the server
/// says on the way.
final class SMTPLogin {
    private let curl: CurlHandle
    private let server: SMTPServer
    private let timeouts: SMTPTimeouts
    private let interruption: Interruption
    private var replies = SMTPReplyReader()
    private var lastReply: SMTPReply?
    private var mistake: SMTPReplyReader.Mistake?
    private var deadline: MonotonicTime
    private var isConnected = false
    /// What the server said it can do.
    private(set) var capabilities: Set<String> = []

    init(_ curl: CurlHandle, to server: SMTPServer, _ timeouts: SMTPTimeouts, _ interruption: Interruption) {
        self.curl = curl
        self.server = server
        self.timeouts = timeouts
        self.interruption = interruption
        deadline = .now + timeouts.connect
    }

    /// Blocks until the server is ready for mail. libcurl points to this object for as long as the handle lives.
    func perform() throws(TransportFailure) {
        guard !interruption.isRequested else { throw .cancelled }
        try configure()
        let code = curl_easy_perform(curl.pointer)
        guard code == CURLE_OK else { throw failure(code) }
    }

    private func configure() throws(TransportFailure) {
        curl.set(CURLOPT_URL, "\(server)")
        curl.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        curl.set(CURLOPT_CONNECT_ONLY, 1)
        curl.set(CURLOPT_USE_SSL, Int(server.security == .none ? CURLUSESSL_NONE.rawValue : CURLUSESSL_ALL.rawValue))
        if let file = server.certificatesFile { curl.set(CURLOPT_CAINFO, file) }
        try server.credentials?.apply(to: curl)
        observe()
    }

    private func observe() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        cw_curl_set_pointer(curl.pointer, CURLOPT_HEADERDATA, context)
        cw_curl_set_header_writer(curl.pointer) { line, size, count, context in
            let bytes = UnsafeRawBufferPointer(start: line, count: size * count)
            return SMTPLogin.from(context).take(bytes) ? bytes.count : 0
        }
        // Called at least once a second: anything but 0 ends the attempt.
        curl.set(CURLOPT_NOPROGRESS, 0)
        cw_curl_set_pointer(curl.pointer, CURLOPT_XFERINFODATA, context)
        cw_curl_set_progress(curl.pointer) { context, _, _, _, _ in SMTPLogin.from(context).mayGoOn ? 0 : 1 }
        // Ours are finer.
        curl.set(CURLOPT_CONNECTTIMEOUT_MS, Int((timeouts.connect + timeouts.command * 4).milliseconds))
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> SMTPLogin {
        guard let context else { preconditionFailure("libcurl called back without its context") }
        return Unmanaged<SMTPLogin>.fromOpaque(context).takeUnretainedValue()
    }

    /// Takes one line of a reply.
    /// - Returns: false for what no mail server says.
    private func take(_ line: UnsafeRawBufferPointer) -> Bool {
        replies.append(line)
        do throws(SMTPReplyReader.Mistake) {
            while let reply = try replies.next() { note(reply) }
            return true
        } catch {
            mistake = error
            return false
        }
    }

    private func note(_ reply: SMTPReply) {
        lastReply = reply
        deadline = .now + timeouts.command
        // Only EHLO is answered by 250 here. What was said before the encryption counts no more.
        guard reply.code == 250 else { return }
        capabilities = Set(reply.lines.map { $0.dropFirst(4).prefix { $0 != " " }.uppercased() })
    }

    private var mayGoOn: Bool {
        if !isConnected, curl.isConnected {
            isConnected = true
            deadline = .now + timeouts.command
        }
        return !interruption.isRequested && MonotonicTime.now < deadline
    }
}

// MARK: - What went wrong

extension SMTPLogin {
    private func failure(_ code: CURLcode) -> TransportFailure {
        if interruption.isRequested { return .cancelled }
        if let mistake { return .unavailable("The mail server \(server) \(mistake.sentence).") }
        guard let reply = lastReply, reply.category >= 4 else {
            return .unavailable("The mail server \(server) could not be used: \(explanation(code)).")
        }
        guard code == CURLE_LOGIN_DENIED, reply.category == 5 else {
            return .unavailable("The mail server answered \(reply).")
        }
        return .loginRefused("The mail server refuses our account: \(reply).")
    }

    private func explanation(_ code: CURLcode) -> String {
        switch code {
        case CURLE_USE_SSL_FAILED: "it offers no encryption (STARTTLS), and the mail is not sent without"
        case CURLE_PEER_FAILED_VERIFICATION: "its certificate is not one we trust for this name; see smtpCAFile"
        case CURLE_LOGIN_DENIED: "it offers no way to log in that we know"
        case CURLE_ABORTED_BY_CALLBACK, CURLE_OPERATION_TIMEDOUT:
            isConnected ? "it did not answer in time" : "the connection was not made in time"
        default: CurlHandle.explanation(code)
        }
    }
}

extension SMTPReplyReader.Mistake {
    /// Goes on after the name of the server.
    var sentence: String {
        switch self {
        case .unreadable: "answered what is no SMTP"
        case .lineTooLong: "answered a line of more than \(SMTPReplyReader.mostLineBytes) bytes"
        case .tooManyLines: "answered more than \(SMTPReplyReader.mostLines) lines"
        }
    }
}
