import CCurl
import Glibc

/// Owns one libcurl handle, which keeps its connection to the server open from one mail to the next.
///
/// `@unchecked Sendable`: libcurl lets any one thread at a time use a handle. ``SMTPTransport`` takes a connection out
/// of its pool for as long as a mail is sent, so there is never a second.
final class SMTPConnection: @unchecked Sendable {
    /// For all of one mail, so that a job never hangs on a server; shorter than the job's deadline.
    static let timeout: Duration = .seconds(120)
    private static let connectTimeout: Duration = .seconds(15)

    private let handle: UnsafeMutableRawPointer
    private let server: SMTPServer
    /// The upload last attempted.
    private var upload = SMTPUpload(bytes: [])

    init(to server: SMTPServer) throws(MailFailure) {
        guard Self.libraryStarted, let handle = curl_easy_init() else {
            throw .temporary("libcurl could not be started; is there memory left?")
        }
        self.handle = handle
        self.server = server
        configure()
    }

    deinit { curl_easy_cleanup(handle) }

    /// Blocks until the server has answered for the whole mail.
    func send(_ mail: OutgoingMail) throws(MailFailure) {
        var code = attempt(mail, fresh: false)
        if code != CURLE_OK, foundConnectionClosed(code) { code = attempt(mail, fresh: true) }
        guard code == CURLE_OK else { throw failure(code) }
    }

    private func attempt(_ mail: OutgoingMail, fresh: Bool) -> CURLcode {
        upload = SMTPUpload(bytes: mail.bytes)
        set(CURLOPT_FRESH_CONNECT, fresh ? 1 : 0)
        set(CURLOPT_MAIL_FROM, "<\(mail.sender.address)>")
        cw_curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(mail.bytes.count))
        let recipients = CurlList(mail.recipients.map { "<\($0.address)>" })
        return withExtendedLifetime(recipients) {
            cw_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients.list)
            return perform()
        }
    }

    private func perform() -> CURLcode {
        withExtendedLifetime(upload) {
            let context = Unmanaged.passUnretained(upload).toOpaque()
            cw_curl_set_pointer(handle, CURLOPT_READDATA, context)
            cw_curl_set_pointer(handle, CURLOPT_HEADERDATA, context)
            return curl_easy_perform(handle)
        }
    }

    /// A server may close a kept connection at any time, with a 421 or without a word. No part of the mail was sent then.
    private func foundConnectionClosed(_ code: CURLcode) -> Bool {
        var connects = 0
        cw_curl_get_long(handle, CURLINFO_NUM_CONNECTS, &connects)
        let wasRefused = upload.lastReply.map { $0.isFailure && $0.code != 421 } ?? false
        return connects == 0 && !upload.hasBegun && !wasRefused
            && code != CURLE_OPERATION_TIMEDOUT && code != CURLE_ABORTED_BY_CALLBACK
    }

    /// Done at the first mail, not when the process starts. Swift runs it once, whatever thread comes first.
    private static let libraryStarted: Bool = {
        // OpenSSL writes without MSG_NOSIGNAL: a server that hangs up would end the process and every job in it.
        signal(SIGPIPE, SIG_IGN)
        return cw_curl_start() == CURLE_OK
    }()
}

// MARK: - Options

extension SMTPConnection {
    private func configure() {
        set(CURLOPT_URL, "\(server)")
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        // Signals would be delivered to whatever thread libcurl's timers meet.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_MAXCONNECTS, 1)
        // Routers forget silent connections after a few minutes, without telling either end.
        set(CURLOPT_MAXAGE_CONN, 60)
        set(CURLOPT_TIMEOUT_MS, Self.timeout.milliseconds)
        set(CURLOPT_CONNECTTIMEOUT_MS, Self.connectTimeout.milliseconds)
        set(CURLOPT_UPLOAD, 1)
        secure()
        cw_curl_set_reader(handle) { buffer, size, count, context in
            SMTPUpload.from(context).read(into: buffer, atMost: size * count)
        }
        cw_curl_set_header_writer(handle) { line, size, count, context in
            SMTPUpload.from(context).take(UnsafeRawBufferPointer(start: line, count: size * count))
            return size * count
        }
        set(CURLOPT_NOPROGRESS, 0)
        // Called from this task, at least once a second: anything but 0 ends the transfer.
        cw_curl_set_progress(handle) { _, _, _, _, _ in Task.isCancelled ? 1 : 0 }
    }

    private func secure() {
        set(CURLOPT_USE_SSL, Int(server.security == .none ? CURLUSESSL_NONE.rawValue : CURLUSESSL_ALL.rawValue))
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        if let file = server.certificatesFile { set(CURLOPT_CAINFO, file) }
        if let credentials = server.credentials {
            set(CURLOPT_USERNAME, credentials.user)
            set(CURLOPT_PASSWORD, credentials.password)
        }
    }

    private func set(_ option: CURLoption, _ value: Int) { cw_curl_set_long(handle, option, value) }
    private func set(_ option: CURLoption, _ value: Int64) { cw_curl_set_long(handle, option, Int(value)) }
    private func set(_ option: CURLoption, _ value: String) { cw_curl_set_text(handle, option, value) }
}

// MARK: - What went wrong

extension SMTPConnection {
    private func failure(_ code: CURLcode) -> MailFailure {
        if upload.isUnanswered {
            return .uncertain("The server took the whole mail but did not answer; it may have been delivered.")
        }
        if code == CURLE_ABORTED_BY_CALLBACK { return .cancelled }
        guard let reply = upload.lastReply, reply.isFailure else {
            return .temporary("The mail server \(server) could not be used: \(Self.explanation(code)).")
        }
        let sentence = "The mail server answered \(reply)."
        return reply.refusesMail ? .refused(sentence) : .temporary(sentence)
    }

    private static func explanation(_ code: CURLcode) -> String {
        switch code {
        case CURLE_USE_SSL_FAILED: "it offers no encryption (STARTTLS), and the mail is not sent without"
        case CURLE_PEER_FAILED_VERIFICATION: "its certificate is not one we trust for this name; see smtpCAFile"
        default: String(cString: curl_easy_strerror(code))
        }
    }
}
