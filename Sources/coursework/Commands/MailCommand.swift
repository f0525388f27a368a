import Audit
import EmailWorker
import MailRecord
import Platform
import PostgresClient

/// `coursework mail`: what became of mail.
struct MailCommand: AuditedCommand {
    static let name = "mail"
    static let summary = "find out what became of mail, and who gets none"
    static let help = """
        Shows the record of mail: for each recipient whether it was sent, and what befell it since.

        Usage: coursework mail list [--state S] [--to ADDRESS] [--list L] [--template T] [--limit N]
               coursework mail show ID
               coursework mail resolve ID --sent | --not-sent [--reason TEXT]
               coursework mail bounces FILE|-
               coursework mail events FILE|-
               coursework mail suppressions [--to ADDRESS] [--limit N]
               coursework mail suppressions add ADDRESS [--scope L] [--reason TEXT] [--for 90d]
               coursework mail suppressions remove ADDRESS [--scope L]
               coursework mail unsubscribe TOKEN|-
               coursework mail erase ADDRESS [--yes]
               coursework mail broadcast MAILING --mail JSON|- [--recipients KEY] [--queue Q]
               coursework mail mailing MAILING

          ID              a number that list prints, a job's id, or a Message-ID in <>
          --state S       queued, sending, sent, refused, bounced, suppressed or ambiguous
          --sent          resolve: somebody has seen that the mail was sent
          --not-sent      resolve: it was not; replay its job, and it is sent
          --scope L       only the mail of this list (default: all mail)
          --for D         a suppression that ends after this time, such as 90d (default: never)
          --reason TEXT   why, for the audit trail too, in which all is written that changes something
          --limit N       at most so many, newest first (default: 50)
          --json          print JSON
          --config FILE   the configuration

        bounces reads mail that came back, one message or an mbox: delivery status notifications, what
        older servers send instead, and complaints. Postfix pipes them in with
            bounces: "|coursework mail bounces -"
        events reads what SendGrid's event webhook posts, which coursework serve takes by itself where it
        is signed. Both count only for mail that is recorded, and may be read again.

        unsubscribe takes the reader off the list that the token of an unsubscribe link names: what the page
        behind the links runs when it gets a POST. It prints the address and the list; a token that is
        forged or too old ends it with 1. - reads it from standard input.

        An ambiguous mail was handed over, and no answer came: nobody knows whether it was sent, and it is
        not sent again until somebody resolves it. Mail whose policy is at least once is sent again.

        broadcast sends one mail to all rows of coursework.mailing_recipients with this mailing, as a batch
        of the same name in a queue where it holds up nobody (default: notifications): coursework batches
        show and cancel tell how far it is and stop it. With --recipients it sends to those in a file of
        the storage folder instead, one JSON object a line with address and perhaps data and locale; a
        line that is broken is named before anybody gets a mail. --mail has the fields of email.send but
        `to`. Each recipient gets it once, also when it is broadcast again. mailing counts what became of
        it.

        erase takes a person out of the record: what stays cannot be told apart. Jobs that wait or are dead
        may hold the address, too (see coursework dead list --field args.to=ADDRESS), and so may files of
        recipients in the storage.
        """

    private static let verbs: [String: any MailVerb.Type] = [
        "list": ListMail.self, "show": ShowMail.self, "resolve": ResolveMail.self, "bounces": ReadBounces.self,
        "events": ReadEvents.self, "unsubscribe": UnsubscribeReader.self, "suppressions": Suppressions.self,
        "erase": EraseAddress.self,
        "broadcast": BroadcastMail.self, "mailing": ShowMailing.self,
    ]

    static var actions: [String: [String]] { verbs.mapValues { $0.actions } }

    let setup: Setup
    private let verb: any MailVerb

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        verb = try arguments.choice(of: Self.verbs, orSay: "Say first what you want to do").init(&arguments, setup)
    }

    var action: String? { verb.action }

    func target() -> AuditTarget? { verb.target }

    func confirm() throws { try verb.confirm() }

    func run() async throws {
        guard var database = try setup.database else {
            throw CommandFailure(
                .configuration,
                "Mail is recorded in a database: set DATABASE_URL, or database.url in the configuration.")
        }
        // A person who is erased may have got many mails.
        database.statementTimeout = .seconds(300)
        database.answerTimeout = .seconds(310)
        let client = PostgresClient(database, name: "coursework-mail", loop: try EventLoop())
        defer { client.close() }
        let settings = try setup.configuration.settings(for: EmailDomain.name, as: EmailSettings.self)
        try await verb.run(
            MailRecord(
                client, persistence: Persistence(limit: .zero), hardBounceExpiry: try settings.hardBounceExpiry()))
    }
}
