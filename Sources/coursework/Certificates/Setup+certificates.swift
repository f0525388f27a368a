import CertificateRecord
import Platform
import PostgresClient
import Storage

extension Setup {
    /// Lends a command the tables of certificates and the storage of their files, and closes the connections behind it.
    func withCertificates<Value>(
        _ body: (CertificateRecord, any ObjectStorage) async throws -> Value
    ) async throws -> Value {
        guard let database = try database else {
            throw CommandFailure(
                .configuration,
                "Certificates are kept in a database: set DATABASE_URL, or database.url in the configuration.")
        }
        let loop = try EventLoop()
        let client = PostgresClient(database, name: "coursework-certificates", loop: loop)
        defer { client.close() }
        let surroundings = surroundings(services: try services(on: loop), logger: logger)
        return try await body(CertificateRecord(client), surroundings.storage)
    }
}
