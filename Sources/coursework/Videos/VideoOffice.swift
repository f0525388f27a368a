import Platform
import PostgresClient
import Storage
import VideoRecord
import VideoWorker

/// What a command needs that looks after videos.
struct VideoOffice: Sendable {
    let record: VideoRecord
    let upkeep: VideoUpkeep
    let storage: any ObjectStorage

    func find(_ destination: String) async throws -> VideoDescription {
        if let found = try await record.find(destination) { return found }
        throw CommandFailure(
            .failed,
            "No job had the destination '\(Terminal.line(destination, atMost: 100))'; see coursework videos list.")
    }
}

extension Setup {
    /// Lends a command the tables of videos and the storage of their files, and closes the connections behind it.
    func withVideos<Value>(_ body: (VideoOffice) async throws -> Value) async throws -> Value {
        guard let database = try database else {
            throw CommandFailure(
                .configuration,
                "What became of videos is kept in a database: set DATABASE_URL, or database.url in the configuration.")
        }
        let loop = try EventLoop()
        let client = PostgresClient(database, name: "coursework-videos", loop: loop)
        defer { client.close() }
        let surroundings = surroundings(services: try services(on: loop), logger: logger)
        let settings = try configuration.settings(for: VideoDomain.name, as: VideoSettings.self)
        let record = VideoRecord(client)
        let storage = surroundings.storage
        return try await body(
            VideoOffice(
                record: record, upkeep: try VideoUpkeep(record, storage, settings, surroundings), storage: storage))
    }
}
