/// What is said over a connection for one mail after another, and what the answers come to (RFC 5321). Pure: replies go
/// in, bytes come out.
///
/// Where the server takes commands together (PIPELINING, RFC 2920), those of a mail are said at once, and those of the next
/// mail together with the text of the one before it. Every reply is looked at all the same, each for its own command.
struct SMTPDialogue {
    /// What a reply leads to.
    enum Step: Equatable {
        /// More of them are awaited, perhaps after what is to be written now.
        case goesOn
        /// The server waits for the mail: ``sayMessage(before:)``.
        case awaitsMessage
        /// The mail has come to its end: ``nextMail()``.
        case ended
        /// The server takes no mail any more; the connection is of no use.
        case failed
    }

    private enum State {
        case idle
        /// The number of the command whose answer comes next.
        case envelope(Int)
        case message
        case reset
    }

    private let pipelines: Bool
    private var state = State.idle
    /// The mail that is spoken of.
    private(set) var exchange: SMTPExchange?
    /// The one whose commands were said ahead.
    private var following: SMTPExchange?
    private var output: [UInt8] = []
    private var written = 0
    /// Where in the output the mail's text ends; nil when it is not in there.
    private var messageEnd: Int?

    init(pipelines: Bool) { self.pipelines = pipelines }

    var hasOutput: Bool { written < output.count }

    /// Whether the mail's text, or the answer to it, is what takes time now.
    var isAtMessage: Bool { if case .message = state { true } else { false } }

    mutating func begin(_ exchange: SMTPExchange) {
        self.exchange = exchange
        state = .envelope(0)
        if pipelines { sayEnvelope(exchange) } else { exchange.appendCommand(0, to: &output) }
    }

    /// - Parameter next: the mail whose commands are said behind it: only where ``pipelines``.
    mutating func sayMessage(before next: SMTPExchange?) {
        exchange?.appendMessage(to: &output)
        messageEnd = output.count
        following = next
        if let next { sayEnvelope(next) }
    }

    private mutating func sayEnvelope(_ exchange: SMTPExchange) {
        for number in 0..<exchange.commandCount { exchange.appendCommand(number, to: &output) }
    }

    /// Lends what is to be written.
    mutating func write<Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Int
    ) throws(Failure) -> Int {
        let begin = written
        let count = try output.withUnsafeBytes { bytes in
            Result { () throws(Failure) in try body(UnsafeRawBufferPointer(rebasing: bytes[begin...])) }
        }.get()
        noteWritten(count)
        return count
    }

    private mutating func noteWritten(_ count: Int) {
        written += count
        if let end = messageEnd, written >= end {
            exchange?.noteMailSent()
            messageEnd = nil
        }
        guard !hasOutput else { return }
        // The room of a large mail is given back.
        output.removeAll(keepingCapacity: output.count < 1 << 16)
        written = 0
    }

    mutating func take(_ reply: SMTPReply) -> Step {
        switch state {
        case .idle: return .failed
        case .envelope(let number): return takeAnswer(reply, toCommand: number)
        case .reset: return .ended
        case .message:
            exchange?.noteAnswer(reply)
            return exchange?.failure == nil ? .ended : .failed
        }
    }

    private mutating func takeAnswer(_ reply: SMTPReply, toCommand number: Int) -> Step {
        exchange?.note(reply, toCommand: number)
        guard exchange?.failure == nil else { return .failed }
        if let next = nextCommand(after: number) {
            state = .envelope(next)
            if !pipelines { exchange?.appendCommand(next, to: &output) }
            return .goesOn
        }
        guard exchange?.awaitsMessage == true else {
            output += "RSET\r\n".utf8
            state = .reset
            return .goesOn
        }
        state = .message
        return .awaitsMessage
    }

    /// The next one that was said, or the next that is worth saying.
    private func nextCommand(after number: Int) -> Int? {
        guard let count = exchange?.commandCount, number < count else { return nil }
        let rest = number + 1..<count
        return pipelines ? rest.first : rest.first { exchange?.isWorthSaying($0) == true }
    }

    /// The mail whose commands were said ahead must not follow: what the server answers to them ends the dialogue.
    mutating func forgetNextMail() { following = nil }

    /// Goes on with the mail whose commands were said ahead, if there is one.
    mutating func nextMail() {
        exchange = following
        following = nil
        state = exchange == nil ? .idle : .envelope(0)
    }
}
