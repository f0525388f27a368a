import Curl
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

    /// Blocks until the server is ready for mail.
    func perform() throws(TransportFailure) {
        guard !interruption.isRequested else { throw .cancelled }
        try configure()
        let code = curl.perform()
        guard code == .ok else { throw failure(code) }
    }

    private func configure() throws(TransportFailure) {
        curl.set(.url, "\(server)")
        curl.set(.protocols, "smtp,smtps")
        curl.set(.connectsOnly, 1)
        curl.requireEncryption(server.security != .none)
        if let file = server.certificatesFile { curl.set(.certificatesFile, file) }
        try server.credentials?.apply(to: curl)
        curl.observe(by: self)
        // Ours are finer.
        curl.set(.connectTimeout, timeouts.connect + timeouts.command * 4)
    }

    private func note(_ reply: SMTPReply) {
        lastReply = reply
        deadline = .now + timeouts.command
        // Only EHLO is answered by 250 here. What was said before the encryption counts no more.
        guard reply.code == 250 else { return }
        capabilities = Set(reply.lines.map { $0.dropFirst(4).prefix { $0 != " " }.uppercased() })
    }
}

extension SMTPLogin: CurlObserver {
    var mayGoOn: Bool {
        if !isConnected, curl.isConnected {
            isConnected = true
            deadline = .now + timeouts.command
        }
        return !interruption.isRequested && MonotonicTime.now < deadline
    }

    /// - Returns: false for what no mail server says.
    func take(line: UnsafeRawBufferPointer) -> Bool {
        replies.append(line)
        do throws(SMTPReplyReader.Mistake) {
            while let reply = try replies.next() { note(reply) }
            return true
        } catch {
            mistake = error
            return false
        }
    }
}

// MARK: - What went wrong

extension SMTPLogin {
    private func failure(_ code: CurlCode) -> TransportFailure {
        if interruption.isRequested { return .cancelled }
        if let mistake { return .unavailable("The mail server \(server) \(mistake.sentence).") }
        guard let reply = lastReply, reply.category >= 4 else {
            return .unavailable("The mail server \(server) could not be used: \(explanation(code)).")
        }
        guard code == .loginDenied, reply.category == 5 else {
            return .unavailable("The mail server answered \(reply).")
        }
        return .loginRefused("The mail server refuses our account: \(reply).")
    }

    private func explanation(_ code: CurlCode) -> String {
        switch code {
        case .encryptionFailed: "it offers no encryption (STARTTLS), and the mail is not sent without"
        case .peerNotTrusted: "its certificate is not one we trust for this name; see smtpCAFile"
        case .loginDenied: "it offers no way to log in that we know"
        case .stoppedByObserver, .timedOut:
            isConnected ? "it did not answer in time" : "the connection was not made in time"
        default: "\(code)"
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
