import JobTesting
import Jobs
import Logging
import Synchronization
import Testing

@testable import EmailWorker

/// From the payload to the outcome, mail written to files.
@Suite(.timeLimit(.minutes(1)))
struct SendEmailTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    @Test
    func `a mail with text given directly is sent`() async throws {
        let outcome = try await TestJob().send(
            #"{"to":"ada@school.example","subject":"Hi","text":"Hello"}"#, in: folder)
        guard case .success(let result) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(
            String(decoding: result.json, as: UTF8.self)
                == #"{"messageID":"<emails.1731999999999-0@localhost>","place":"\#(folder.path)"#
                + #"/mail/emails.1731999999999-0.eml","recipients":1}"#)
        #expect(try folder.names(in: "mail") == ["emails.1731999999999-0.eml"])
    }

    @Test
    func `a template that ships is rendered in the reader's language`() async throws {
        let payload = #"""
            {"to":["ada@school.example"],"template":"password-reset","locale":"de-AT",
             "data":{"name":"Ada","url":"https://school.example/reset?a=1&b=2"}}
            """#
        #expect(try await TestJob().send(payload, in: folder).isSuccess)
        let mail = String(decoding: try folder.read("mail/emails.1731999999999-0.eml"), as: UTF8.self)
            .replacing("=\r\n", with: "")
        #expect(mail.contains("Guten Tag Ada,"))
        #expect(mail.contains("https://school.example/reset?a=3D1&b=3D2"))
        #expect(mail.contains("https://school.example/reset?a=3D1&amp;b=3D2"))
    }

    @Test(arguments: [
        (#"{"to":"ada","subject":"Hi","text":"x"}"#, "A mail address has no '@'."),
        (#"{"to":[],"subject":"Hi","text":"x"}"#, "The mail has no recipient; give at least one address in 'to'."),
        (#"{"to":"a@b.example","text":"x"}"#, "The mail has no 'subject'; give one, or a 'template'."),
        (#"{"to":"a@b.example","subject":" ","text":"x"}"#, "The subject of the mail is empty."),
        (
            #"{"to":"a@b.example","subject":"Hi"}"#,
            "The mail says nothing; give 'text', 'html' or both beside the subject."
        ),
        (
            #"{"to":"a@b.example","subject":"Hi","template":"welcome"}"#,
            "Give either 'template' or 'subject' with 'text' or 'html', not both."
        ),
        (
            #"{"to":"a@b.example","template":"../../etc"}"#,
            "'../../etc' is no template name; it is lower-case letters, digits, '-' and '_'."
        ),
        (
            #"{"to":"a@b.example","template":"welcome","locale":"../de"}"#,
            "'../de' is no locale; write it as de or de-AT."
        ),
        (
            #"{"to":"a@b.example","template":"welcome","data":[1]}"#,
            #"The 'data' of the mail is no object; write it as {"name":"Ada"}."#
        ),
    ])
    func `what no retry will mend is buried with one sentence`(payload: String, reason: String) async throws {
        #expect(try await TestJob().send(payload, in: folder).burial == reason)
    }

    @Test
    func `an unknown template is buried with the folder it was looked for in`() async throws {
        let burial = try await TestJob().send(#"{"to":"a@b.example","template":"nothing"}"#, in: folder).burial
        #expect(burial == "There is no template 'nothing' in \(TestFolder.package)/Config/templates/email.")
    }

    @Test
    func `a password reset without its link is buried, not sent`() async throws {
        let burial = try await TestJob().send(#"{"to":"a@b.example","template":"password-reset"}"#, in: folder).burial
        #expect(burial?.hasSuffix("cannot be rendered: 'url' is missing in the data.") == true)
    }

    @Test(
        "no field can add a header",
        arguments: ["to", "cc", "bcc", "replyTo", "from", "subject", "data"], [#"\r\n"#, #"\n"#, #"\r"#, #"\u0000"#])
    func injection(field: String, breaking: String) async throws {
        let attack = #"\#(breaking)Bcc: eve@evil.example"#
        var fields = ["to": #""a@b.example""#, "subject": #""Hi""#, "text": #""x""#]
        switch field {
        case "subject": fields["subject"] = #""Hi\#(attack)""#
        case "data":
            fields["subject"] = nil
            fields["text"] = nil
            fields["template"] = #""welcome""#
            fields["data"] = #"{"name":"Ada\#(attack)","url":"u"}"#
        default: fields[field] = #""Ada\#(attack) <ada@school.example>""#
        }
        let payload = "{" + fields.map { #""\#($0)":\#($1)"# }.joined(separator: ",") + "}"
        let burial = try await TestJob().send(payload, in: folder).burial
        #expect(burial?.contains("holds a line break or a NUL; remove it.") == true, "\(payload)")
    }

    @Test
    func `a mail to more people than a server takes is buried`() async throws {
        let addresses = (0...100).map { #""a\#($0)@b.example""# }.joined(separator: ",")
        let burial = try await TestJob().send(#"{"to":[\#(addresses)],"subject":"Hi","text":"x"}"#, in: folder).burial
        #expect(burial == "The mail has more than 100 recipients; enqueue one job for each.")
    }

    @Test
    func `a mail larger than servers take is buried`() async throws {
        let text = String(repeating: "x", count: 11 << 20)
        let burial = try await TestJob().send(
            #"{"to":"a@b.example","subject":"Hi","text":"\#(text)"}"#, in: folder
        ).burial
        #expect(burial?.hasPrefix("The mail is larger than") == true)
    }

    @Test
    func `a payload of the wrong shape is refused before the handler`() async throws {
        let job = try TestJob.email(EmailSettings(), [:], in: folder)
        let run = await TestJob().run(job, args: #"{"to":{"a":1},"subject":"Hi","text":"x"}"#.utf8)
        #expect(run.error is UndecodablePayload)
    }
}
