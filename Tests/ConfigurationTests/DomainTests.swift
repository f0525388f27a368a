import Jobs
import Testing

@testable import Configuration

@Suite struct DomainTests {
    @Test func `a domain decodes its section`() throws {
        let configuration = try read("{ workers: { /* mail */ email: { from: 'a', port: +25, } } }")
        #expect(try configuration.settings(for: "email", as: MailSettings.self) == MailSettings(from: "a", port: 25))
    }

    @Test func `a domain without a section has its defaults`() throws {
        #expect(try read("{}").settings(for: "email", as: MailSettings.self) == MailSettings())
        #expect(try Configuration().settings(for: "email", as: MailSettings.self) == MailSettings())
    }

    @Test func `a policy for a type that no domain has is refused`() throws {
        let configuration = try read("{ policies: {\n 'email.send': {},\n 'emial.send': { retries: 1 } } }")
        let error = #expect(throws: ConfigurationError.self) { try configuration.check(against: jobs) }
        #expect(error?.description == "test.json5:3: 'emial.send' is not a job type; did you mean 'email.send'?")
        try read("{ policies: { 'email.send': {} } }").check(against: jobs)
    }

    @Test func `a schedule of a type that no domain has is refused`() throws {
        let configuration = try read("{ schedules: { a: { cron: '@daily',\n type: 'emial.send' } } }")
        let error = #expect(throws: ConfigurationError.self) { try configuration.check(against: jobs) }
        #expect(error?.description == "test.json5:2: 'emial.send' is not a job type; did you mean 'email.send'?")
    }

    @Test func `a schedule whose args its type cannot read is refused with its field`() throws {
        let configuration = try read(
            """
            { schedules: {
                good: { cron: '@daily', type: 'email.send', args: { to: 'ada' } },
                none: { cron: '@daily', type: 'email.send' },
                wrong: { cron: '@daily', type: 'email.send',
                    args: { to: 7 } },
            } }
            """)
        let error = #expect(throws: ConfigurationError.self) { try configuration.check(against: jobs) }
        #expect(
            error?.description == """
                test.json5:3: 'args' are none of a job 'email.send': the field 'to' is missing.
                test.json5:5: 'args' are none of a job 'email.send': the field 'to' should be String.
                """)
    }

    private var jobs: JobRegistry {
        var jobs = JobRegistry()
        jobs.register(SendMailHandler())
        return jobs
    }

    private struct SendMail: Job {
        static let type: JobType = "email.send"
        static let payloadSchema = PayloadSchema.any
        var to: String
    }

    private struct SendMailHandler: JobHandler {
        func handle(_ job: SendMail, context: JobContext) async throws -> Outcome { .success() }
    }

    @Test func `values that cannot be read are all refused at load`() {
        let text = "{ workers: { email: {\n from: 'a\\q',\n list: [ 1,\n 2s ] } } }"
        #expect(
            complaint(about: text) == """
                test.json5:2: this is not a value that can be read; check its quotes, backslashes and digits.
                test.json5:4: this is not a value that can be read; check its quotes, backslashes and digits.
                """)
    }

    @Test(arguments: [
        (
            "{ workers: {\n email: { from: 'a',\n prot: 1 } } }",
            "test.json5:3: 'prot' is not a setting of workers.email; did you mean 'port'?"
        ),
        (
            "{ workers: {\n email: { from: 'a',\n port: 'x' } } }",
            "test.json5:3: 'port' has the wrong type; write a whole number."
        ),
        (
            "{ workers: {\n email: { from: 'a',\n security: 's3cret' } } }",
            "test.json5:3: 'security' is none of the values it may have; choose another."
        ),
        (
            "{ workers: {\n email: {\n from: 1, port: 1 } } }",
            "test.json5:3: 'from' has the wrong type; write text in quotes."
        ),
        ("{ workers: {\n email: { } } }", "test.json5:2: 'from' is missing; add it."),
        (
            "{ workers: {\n email: {\n form: 'a' } } }",
            """
            test.json5:2: 'from' is missing; add it.
            test.json5:3: 'form' is not a setting of workers.email; did you mean 'from'?
            """
        ),
    ])
    func `a wrong section is refused with its line`(text: String, message: String) throws {
        let configuration = try read(text)
        let error = #expect(throws: ConfigurationError.self) {
            try configuration.settings(for: "email", as: MailSettings.self)
        }
        #expect(error?.description == message)
    }
}
