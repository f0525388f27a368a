@testable import EmailWorker

/// Something a mail server may do, and what must come of it.
struct OutcomeCase: Sendable, CustomStringConvertible {
    /// What a mail came to for one recipient, or as a whole.
    enum Result: Sendable, Equatable {
        case delivered, suppress, park, ambiguous
        /// Tried again as the policy says.
        case retry
        /// Tried again after the policy's longest wait at least, and so many seconds.
        case retryLater(Int)
        /// Nobody got it; no attempt is burnt.
        case unavailable, loginRefused
    }

    let moment: ScriptedServer.Moment
    let action: ScriptedServer.Action
    /// Of the only recipient, or of the first of several.
    let result: Result
    /// How many recipients; all but the first are told that they are welcome.
    var recipients = 1

    init(_ moment: ScriptedServer.Moment, _ action: ScriptedServer.Action, _ result: Result, recipients: Int = 1) {
        self.moment = moment
        self.action = action
        self.result = result
        self.recipients = recipients
    }

    init(_ moment: ScriptedServer.Moment, _ reply: String, _ result: Result, recipients: Int = 1) {
        self.init(moment, .say(reply), result, recipients: recipients)
    }

    var description: String { "\(moment) \("\(action)".prefix(60)) to \(recipients): \(result)" }
}

extension OutcomeCase.Result {
    init(_ outcome: DeliveryOutcome) {
        switch outcome {
        case .delivered: self = .delivered
        case .refused(_, .suppress): self = .suppress
        case .refused(_, .park): self = .park
        case .ambiguous: self = .ambiguous
        case .deferred(_, .byPolicy): self = .retry
        case .deferred(_, .atLeast(let wait)): self = .retryLater(Int(wait.components.seconds))
        }
    }

    init(_ failure: TransportFailure) {
        if case .loginRefused = failure { self = .loginRefused } else { self = .unavailable }
    }
}

extension OutcomeCase {
    /// What a server may say to MAIL, RCPT, DATA and the end of a mail, by reliability table A.2.
    static let replies: [OutcomeCase] = [
        OutcomeCase(.connected, "421 too busy", .unavailable),
        OutcomeCase(.connected, "421 4.3.2 going down", .unavailable),
        OutcomeCase(.connected, "554 no service for you", .unavailable),
        OutcomeCase(.connected, "450 not now", .unavailable),
        OutcomeCase(.hello, "421 too busy", .unavailable),
        OutcomeCase(.hello, "554 go away", .unavailable),

        OutcomeCase(.mail, "421 4.7.0 too many connections", .unavailable),
        OutcomeCase(.mail, "450 4.1.8 sender's domain not found", .retryLater(0)),
        OutcomeCase(.mail, "451 4.3.0 local error", .retryLater(0)),
        OutcomeCase(.mail, "452 4.3.1 out of storage", .retryLater(0)),
        OutcomeCase(.mail, "454 4.7.0 temporary authentication failure", .unavailable),
        OutcomeCase(.mail, "530 5.7.0 authentication required", .loginRefused),
        OutcomeCase(.mail, "538 encryption required", .loginRefused),
        OutcomeCase(.mail, "550 5.1.0 sender rejected", .park),
        OutcomeCase(.mail, "550 unwanted", .park),
        OutcomeCase(.mail, "552 5.3.4 too large", .park),
        OutcomeCase(.mail, "552 too large", .park),
        OutcomeCase(.mail, "553 5.1.7 bad sender", .park),
        OutcomeCase(.mail, "554 5.7.1 denied", .park),

        OutcomeCase(.recipient(1), "421 4.3.0 going down", .unavailable),
        OutcomeCase(.recipient(1), "450 mailbox busy", .retryLater(0)),
        OutcomeCase(.recipient(1), "450 4.2.0 Greylisted, please try again in 240 seconds", .retryLater(240)),
        OutcomeCase(.recipient(1), "451 4.7.1 Greylisting in action, please come back in 00:10:00", .retryLater(600)),
        OutcomeCase(.recipient(1), "450 4.2.0 Recipient address rejected: Greylisted", .retryLater(300)),
        OutcomeCase(.recipient(1), "451 error", .retryLater(0)),
        OutcomeCase(.recipient(1), "452 too many recipients", .retryLater(0)),
        OutcomeCase(.recipient(1), "452 4.2.2 mailbox full", .retryLater(3600)),
        OutcomeCase(.recipient(1), "454 4.7.1 relay access denied", .retryLater(0)),
        OutcomeCase(.recipient(1), "550 no such user", .suppress),
        OutcomeCase(.recipient(1), "550 5.1.1 no such user", .suppress),
        OutcomeCase(.recipient(1), "550-5.1.1 no\r\n550 5.1.1 such user", .suppress),
        OutcomeCase(.recipient(1), "550 5.1.10 null MX", .suppress),
        OutcomeCase(.recipient(1), "550 5.2.1 mailbox disabled", .suppress),
        OutcomeCase(.recipient(1), "550 5.7.1 blocked by policy", .park),
        OutcomeCase(.recipient(1), "550 5.1.8 bad sender", .park),
        OutcomeCase(.recipient(1), "551 user not local", .suppress),
        OutcomeCase(.recipient(1), "552 mailbox full", .retryLater(3600)),
        OutcomeCase(.recipient(1), "552 5.2.2 over quota", .retryLater(3600)),
        OutcomeCase(.recipient(1), "550 5.2.2 over quota", .retryLater(3600)),
        OutcomeCase(.recipient(1), "553 bad name", .suppress),
        OutcomeCase(.recipient(1), "554 refused", .park),
        OutcomeCase(.recipient(1), "554 5.7.1 listed", .park),
        OutcomeCase(.recipient(1), "556 domain takes no mail", .park),
        // The status wins over the code.
        OutcomeCase(.recipient(1), "550 4.7.1 try later", .retryLater(0)),
        OutcomeCase(.recipient(1), "450 5.1.1 no such user", .suppress),

        OutcomeCase(.data, "421 going down", .unavailable),
        OutcomeCase(.data, "451 4.3.0 error", .retry),
        OutcomeCase(.data, "452 4.3.1 storage", .retry),
        OutcomeCase(.data, "554 5.5.0 no", .park),
        OutcomeCase(.data, "503 5.5.1 not now", .park),
        OutcomeCase(.data, "250 2.0.0 thanks for nothing", .unavailable),

        OutcomeCase(.message, "421 4.3.0 going down", .unavailable),
        OutcomeCase(.message, "450 error", .retry),
        OutcomeCase(.message, "451 4.3.0 error", .retry),
        OutcomeCase(.message, "451 4.7.1 Greylisted, try again in 5 minutes", .retryLater(300)),
        OutcomeCase(.message, "452 4.3.1 storage", .retry),
        OutcomeCase(.message, "550 5.1.1 no such user", .suppress),
        OutcomeCase(.message, "550 5.1.1 one of them is unknown", .park, recipients: 3),
        OutcomeCase(.message, "550 5.7.1 spam", .park),
        OutcomeCase(.message, "550 spam", .park),
        OutcomeCase(.message, "552 5.2.2 mailbox full", .retryLater(3600)),
        OutcomeCase(.message, "552 5.3.4 too large", .park),
        OutcomeCase(.message, "554 5.6.0 malformed", .park),
        OutcomeCase(.message, "554 rejected", .park),
    ]

    /// What is no SMTP, and ends at each point.
    static let rudeness: [OutcomeCase] =
        [.connected, .hello, .mail, .recipient(1), .data].flatMap { moment in
            [
                OutcomeCase(moment, .hangUp, .unavailable),
                OutcomeCase(moment, .sayAndHangUp("421 bye"), .unavailable),
                OutcomeCase(moment, "HTTP/1.1 400 Bad Request", .unavailable),
                OutcomeCase(moment, .send(Array(repeating: UInt8(ascii: "2"), count: 8192)), .unavailable),
                OutcomeCase(moment, .say("250 " + String(repeating: "x", count: 600)), .unavailable),
                OutcomeCase(moment, .say(Array(repeating: "more", count: 150).lines(code: "250")), .unavailable),
                OutcomeCase(moment, .send([0x00, 0xFF, 0x0A]), .unavailable),
            ]
        } + [
            OutcomeCase(.message, .hangUp, .ambiguous),
            OutcomeCase(.message, "nonsense", .ambiguous),
            OutcomeCase(.message, .send(Array(repeating: UInt8(ascii: "2"), count: 8192)), .ambiguous),
            OutcomeCase(.message, .say(Array(repeating: "more", count: 150).lines(code: "250")), .ambiguous),
            OutcomeCase(.message, .sayAndHangUp("250 2.0.0 taken"), .delivered),
            OutcomeCase(.recipient(1), .sayAndHangUp("550 5.1.1 no such user"), .suppress),
            OutcomeCase(.mail, "250-fine\r\n251 or not", .unavailable),
            OutcomeCase(.mail, "999 what", .unavailable),
            OutcomeCase(.mail, "354 go on", .unavailable),
            OutcomeCase(.connected, .drip(Array("220 patience\r\n".utf8), every: .milliseconds(20)), .delivered),
        ]

    /// One of twenty is told something, the others are welcome.
    static let oneOfTwenty: [OutcomeCase] = [
        OutcomeCase(.recipient(1), "550 5.1.1 no such user", .suppress, recipients: 20),
        OutcomeCase(.recipient(1), "450 4.2.0 Greylisted", .retryLater(300), recipients: 20),
        OutcomeCase(.recipient(1), "552 5.2.2 full", .retryLater(3600), recipients: 20),
        OutcomeCase(.recipient(1), "554 5.7.1 policy", .park, recipients: 20),
        OutcomeCase(.recipient(1), "452 4.5.3 too many", .retryLater(0), recipients: 20),
    ]
}
