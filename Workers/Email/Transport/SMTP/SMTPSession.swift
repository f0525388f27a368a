import Platform

/// A connection over which one mail after another is sent (RFC 5321), its commands together where the server takes them
/// so (PIPELINING, RFC 2920).
///
/// `@unchecked Sendable`: any one thread at a time may use it. ``SMTPSessionPool`` hands it out to one mail at a time.
final class SMTPSession: @unchecked Sendable {
    /// What came of an attempt at which nobody got the mail.
    struct Failure: Error {
        let failure: TransportFailure
        /// The server had closed a connection that was kept: no fault of anybody, and a fresh one will do.
        let foundClosed: Bool
    }

    private let stream: SMTPStream
    private let server: SMTPServer
    private let timeouts: SMTPTimeouts
    private let pipelines: Bool
    private let announcesSize: Bool
    /// Whether it is good for another mail.
    private(set) var isUsable = true
    private(set) var mails = 0
    private(set) var lastUsed = MonotonicTime.now

    init(to server: SMTPServer, _ timeouts: SMTPTimeouts, _ interruption: Interruption) throws(TransportFailure) {
        self.server = server
        self.timeouts = timeouts
        stream = try SMTPStream(to: server, timeouts, interruption)
        pipelines = stream.capabilities.contains("PIPELINING")
        announcesSize = stream.capabilities.contains("SIZE")
    }

    /// Blocks until the server has answered for every recipient.
    /// - Throws: when nobody got the mail, and the session is of no more use.
    func send(_ mail: OutgoingMail, _ interruption: Interruption) throws(Failure) -> [DeliveryOutcome] {
        guard !mail.needsSMTPUTF8 || stream.capabilities.contains("SMTPUTF8") else {
            return Array(repeating: Self.lacksSMTPUTF8, count: mail.recipients.count)
        }
        var exchange = SMTPExchange(mail, announcesSize: announcesSize)
        isUsable = false
        defer { (mails, lastUsed) = (mails + 1, .now) }
        do throws(SMTPStream.Failure) {
            try pipelines ? sayAtOnce(&exchange, interruption) : sayByTurns(&exchange, interruption)
            if exchange.failure == nil { try finish(&exchange, interruption) }
        } catch {
            if exchange.isMailSent { return exchange.outcomes(endedBy: description(error)) }
            if exchange.isRefused { return exchange.outcomes }
            throw Failure(failure: failure(error), foundClosed: exchange.isUnanswered && error == .closed)
        }
        if let failure = exchange.failure { throw Failure(failure: failure, foundClosed: exchange.isUnanswered) }
        isUsable = true
        return exchange.outcomes
    }

    private static let lacksSMTPUTF8 = DeliveryOutcome.refused(
        reason: "The mail server takes no addresses in other scripts (SMTPUTF8), and one of this mail is.", .park)

    /// Says goodbye, if that takes no time.
    func quit() {
        guard isUsable, let interruption = try? Interruption() else { return }
        try? stream.write(Array("QUIT\r\n".utf8), until: .now, interruption)
    }

    private func sayAtOnce(_ exchange: inout SMTPExchange, _ interruption: Interruption) throws(SMTPStream.Failure) {
        try write(exchange.commands.flatMap(\.bytes), interruption)
        for command in exchange.commands where exchange.failure == nil {
            exchange.note(try reply(interruption), to: command)
        }
    }

    /// One command after another, as far as the answers leave a sense in them.
    private func sayByTurns(_ exchange: inout SMTPExchange, _ interruption: Interruption) throws(SMTPStream.Failure) {
        for command in exchange.commands where exchange.isWorthSaying(command) {
            try write(command.bytes, interruption)
            exchange.note(try reply(interruption), to: command)
        }
    }

    private func finish(_ exchange: inout SMTPExchange, _ interruption: Interruption) throws(SMTPStream.Failure) {
        if exchange.awaitsMessage {
            try sendMessage(&exchange, interruption)
        } else {
            try write(Array("RSET\r\n".utf8), interruption)
            _ = try reply(interruption)
        }
    }

    private func sendMessage(_ exchange: inout SMTPExchange, _ interruption: Interruption) throws(SMTPStream.Failure) {
        do throws(SMTPStream.Failure) {
            try stream.write(exchange.message, until: .now + timeouts.message, interruption)
        } catch {
            // A server that has seen enough says so before it hangs up.
            guard error == .closed, let reply = try? stream.nextReply(until: .now, interruption) else { throw error }
            return exchange.noteAnswer(reply)
        }
        exchange.noteMailSent()
        exchange.noteAnswer(try stream.nextReply(until: .now + timeouts.message, interruption))
    }

    private func write(_ bytes: [UInt8], _ interruption: Interruption) throws(SMTPStream.Failure) {
        try stream.write(bytes, until: .now + timeouts.command, interruption)
    }

    private func reply(_ interruption: Interruption) throws(SMTPStream.Failure) -> SMTPReply {
        try stream.nextReply(until: .now + timeouts.command, interruption)
    }

    private func failure(_ error: SMTPStream.Failure) -> TransportFailure {
        error == .interrupted ? .cancelled : .unavailable("\(description(error)).")
    }

    private func description(_ error: SMTPStream.Failure) -> String {
        switch error {
        case .closed: "The mail server \(server) hung up"
        case .timedOut: "The mail server \(server) did not answer in time"
        case .interrupted: "The job was cancelled before the mail server \(server) answered"
        case .mistake(let mistake): "The mail server \(server) \(mistake.sentence)"
        }
    }
}
