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
