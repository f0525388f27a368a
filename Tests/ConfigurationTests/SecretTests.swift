import Testing

@testable import Configuration

@Suite struct SecretTests {
    @Test func `a password in the file's URL is warned of, with its line`() throws {
        let configuration = try read("{\n redis: {\n url: 'redis://user:s3cret@host' } }")
        #expect(
            configuration.warnings == [
                "test.json5:3: 'redis.url' holds a password that readers of this file see; "
                    + "use 'passwordFile' or REDIS_URL."
            ])
    }

    @Test func `a password in the database's URL is warned of too`() throws {
        let configuration = try read("{\n database: {\n url: 'postgresql://user:s3cret@host/db' } }")
        #expect(
            configuration.warnings == [
                "test.json5:3: 'database.url' holds a password that readers of this file see; "
                    + "use 'passwordFile' or DATABASE_URL."
            ])
    }

    @Test func `a printed configuration shows no password`() throws {
        let text = """
            { redis: { url: 'redis://user:s3cret@host:1' }, database: { url: 'postgresql://u:s3cret@h/db?sslmode=x' },
            workers: { email: { password: 's3cret' } } }
            """
        let configuration = try read(text)
        #expect(!"\(configuration)".contains("s3cret"))
        #expect(!String(reflecting: configuration).contains("s3cret"))
        #expect("\(configuration.redis)" == "redis://…@host:1")
        #expect("\(configuration.database)" == "postgresql://…@h/db")
    }

    @Test(arguments: [
        "{ redis: { url: redis://:s3cret@host } }",
        "{ redis: { url: 'http://:s3cret@host' } }",
        "{ redis: { url: 'redis://:s3cret@host } }",
        "{ redis: { url: \"redis://:a\"s3cret@host\" } }",
        "{ redis: { 'redis://:s3cret@host' } }",
        "{ redis: { 'redis://:s3cret@host': 1 } }",
        "{ redis: { url: s3cret } }",
        "{ redis: { url: ['s3cret'] } }",
        "{ redis: { url: 'redis://:s3cret@host', passwordFile: 's3cret' } }",
        "{ database: { url: 'http://:s3cret@h' } }",
        "{ database: { url: 'postgresql://:s3cret@h/db', passwordFile: 's3cret' } }",
        "{ workers: { email: 's3cret' } }",
    ])
    func `no complaint quotes a password`(text: String) {
        let complaint = complaint(about: text)
        #expect(complaint.hasPrefix("test.json5:1: "))
        #expect(!complaint.contains("s3cret"))
    }
}
