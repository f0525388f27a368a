import Platform

/// A connection over which one mail after another is sent. It never blocks: ``SMTPConnections`` calls it when the server
/// has said something, takes more, or has taken too long.
final class SMTPSession {
    private let stream: SMTPStream
    private let server: SMTPServer
    private let timeouts: SMTPTimeouts
    private let mostMails: Int
    private let pipelines: Bool
    private var dialogue: SMTPDialogue
    /// The mail that is spoken of, and the one whose commands were said ahead.
    private var current: PendingMail?
    private var next: PendingMail?
    /// Whether the current mail is the first over this connection.
    private var isNew = true
    private var mails = 0
    private var isOver = false
    /// The server has been promised a mail that it will not get: nothing more can be said.
    private var isAtLastMail = false
    /// When the server has taken too long.
    private(set) var deadline = MonotonicTime.distantFuture
    private(set) var lastUsed = MonotonicTime.now
    /// Mails that nobody got because this connection was at its end: a new one will do.
    private var returned: [PendingMail] = []

    /// - Parameter mostMails: after so many it is closed: servers that count would close it in the middle of one.
    init(_ stream: SMTPStream, to server: SMTPServer, _ timeouts: SMTPTimeouts, mostMails: Int) {
        (self.stream, self.server, self.timeouts, self.mostMails) = (stream, server, timeouts, mostMails)
        pipelines = stream.capabilities.contains("PIPELINING")
        dialogue = SMTPDialogue(pipelines: pipelines)
    }

    var socket: Int32 { stream.socket }
    var isBusy: Bool { current != nil }
    /// Whether it is good for another mail.
    var isUsable: Bool { !isOver && !isAtLastMail && mails < mostMails }
    /// Whether the server takes nothing now, so that what it says is not heard either.
    var isBlocked: Bool { dialogue.hasOutput && !isOver }
    var isUsed: Bool { mails > 0 }

    func takeReturned() -> [PendingMail] {
        defer { returned = [] }
        return returned
    }

    // MARK: What happens

    /// - Parameter following: gives the mail that may go behind another.
    func begin(_ mail: PendingMail, following: () -> PendingMail?) {
        guard !mail.mail.needsSMTPUTF8 || stream.capabilities.contains("SMTPUTF8") else {
            let outcomes = Array(repeating: Self.lacksSMTPUTF8, count: mail.mail.recipients.count)
            return mail.end(.success(outcomes))
        }
        isNew = mails == 0
        mails += 1
        current = mail
        dialogue.begin(exchange(mail))
        deadline = .now + timeouts.command
        attempt { () throws(SMTPStream.Failure) in try write() }
    }

    private static let lacksSMTPUTF8 = DeliveryOutcome.refused(
        reason: "The mail server takes no addresses in other scripts (SMTPUTF8), and one of this mail is.", .park)

    private func exchange(_ mail: PendingMail) -> SMTPExchange {
        SMTPExchange(mail.mail, announcesSize: stream.capabilities.contains("SIZE"))
    }

    /// The socket is readable or writable, or at its end.
    func goOn(following: () -> PendingMail?) {
        stream.noteReadable()
        attempt { () throws(SMTPStream.Failure) in
            try write()
            // A server that does not take what was said is not listened to: its answers have room in the kernel.
            while !dialogue.hasOutput, !isOver, let reply = try stream.nextReply() {
                take(reply, following)
                try write()
            }
        }
    }

    /// The deadline has passed.
    func expire() { fail(.timedOut) }

    /// The job must not go on.
    func cancel(_ mail: PendingMail) {
        if mail === current { return fail(.interrupted) }
        if mail === next {
            (next, isAtLastMail) = (nil, true)
            dialogue.forgetNextMail()
        }
        mail.end(.failure(.cancelled))
    }

    /// Says goodbye, if that takes no time.
    func quit() {
        guard !isOver, !isAtLastMail, !isBusy else { return }
        _ = "QUIT\r\n".utf8.withContiguousStorageIfAvailable { try? stream.write(UnsafeRawBufferPointer($0)) }
    }

    // MARK: The dialogue

    private func attempt(_ body: () throws(SMTPStream.Failure) -> Void) {
        do throws(SMTPStream.Failure) { try body() } catch { fail(error) }
    }

    private func write() throws(SMTPStream.Failure) {
        while isBlocked {
            let count = try dialogue.write { bytes throws(SMTPStream.Failure) in try stream.write(bytes) }
            guard count > 0 else { return }
            if !dialogue.hasOutput { renewDeadline() }
        }
    }

    private func renewDeadline() { deadline = .now + (dialogue.isAtMessage ? timeouts.message : timeouts.command) }

    private func take(_ reply: SMTPReply, _ following: () -> PendingMail?) {
        switch dialogue.take(reply) {
        case .goesOn: renewDeadline()
        case .awaitsMessage: sayMessage(following)
        case .ended: endCurrent()
        case .failed: fail(.closed)
        }
    }

    private func sayMessage(_ following: () -> PendingMail?) {
        next = pipelines && isUsable ? following() : nil
        if next != nil { mails += 1 }
        dialogue.sayMessage(before: next.map(exchange))
        renewDeadline()
    }

    private func endCurrent() {
        if let exchange = dialogue.exchange { current?.end(.success(exchange.outcomes)) }
        dialogue.nextMail()
        (current, next, isNew) = (next, nil, false)
        lastUsed = .now
        deadline = current == nil ? .distantFuture : lastUsed + timeouts.command
    }

    // MARK: The end

    /// The connection is over: what its mails came to is clear, and who has got nothing goes over another one.
    private func fail(_ error: SMTPStream.Failure) {
        isOver = true
        deadline = .distantFuture
        if error == .closed { hearLastWords() }
        if let current, let exchange = dialogue.exchange { end(current, exchange, error) }
        if let next { giveBack(next) }
        (current, next) = (nil, nil)
    }

    /// A server that has seen enough of a mail says so before it hangs up.
    private func hearLastWords() {
        guard dialogue.isAtMessage, dialogue.hasOutput else { return }
        stream.noteReadable()
        guard let reply = try? stream.nextReply(), dialogue.take(reply) == .ended, let exchange = dialogue.exchange
        else { return }
        current?.end(.success(exchange.outcomes))
        current = nil
    }

    private func end(_ mail: PendingMail, _ exchange: SMTPExchange, _ error: SMTPStream.Failure) {
        if exchange.isMailSent {
            mail.end(.success(exchange.outcomes(endedBy: description(error))))
        } else if exchange.failure == nil, exchange.isRefused {
            mail.end(.success(exchange.outcomes))
        } else if error == .closed, exchange.isUnanswered, !isNew, !mail.needsNewConnection {
            // A server may close a kept connection at any time, with a 421 or without a word.
            giveBack(mail)
        } else {
            mail.end(.failure(exchange.failure ?? failure(error)))
        }
    }

    private func giveBack(_ mail: PendingMail) {
        mail.needsNewConnection = true
        returned.append(mail)
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
