import PostgresClient

/// A job that begins.
package struct VideoBeginning: Sendable {
    /// Keys in the storage.
    package let source: String
    package let destination: String
    package let job: String
    /// Where this attempt will write: a key in the storage.
    package let folder: String
    /// Whether a job `video.ready` or `video.failed` follows.
    package let event: Bool

    package init(source: String, destination: String, job: String, folder: String, event: Bool) {
        (self.source, self.destination, self.job, self.folder) = (source, destination, job, folder)
        self.event = event
    }

    var values: [PostgresValue] { [.text(destination), .text(source), .text(job), .bool(event)] }
}
