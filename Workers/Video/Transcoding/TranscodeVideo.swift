package import Jobs
import MediaProbe
import MediaSandbox
import Storage

/// A video to bring into a form that plays everywhere: `{"source":"uploads/lecture-1.mov","destination":"videos/lecture-1"}`,
/// both in the storage.
package struct TranscodeVideo: Job {
    package static let type: JobType = "video.transcode"
    package static let queue: QueueName = "media"
    package static let retryPolicy = RetryPolicy(maxRetries: 3, base: .seconds(30))
    /// Each program that it runs has deadlines of its own, which grow with the video.
    package static let deadline = Deadline.none

    package struct Captions: Codable, Sendable {
        /// A file in the storage, SubRip or WebVTT.
        package var source: String
        /// BCP 47: `de`.
        package var language: String?
        /// What viewers choose: `Deutsch`. Else the language.
        package var name: String?

        package init(source: String, language: String?, name: String?) {
            (self.source, self.language, self.name) = (source, language, name)
        }
    }

    package struct Encryption: Codable, Sendable {
        /// Where players get the key, an address that your web tier answers for those who may watch.
        package var address: String
        /// Where the key is put in the storage, 16 bytes; it must not be served as it is.
        package var key: String

        package init(address: String, key: String) { (self.address, self.key) = (address, key) }
    }

    package var source: String
    /// The folder to publish into.
    package var destination: String
    package var captions: [Captions]?
    package var encryption: Encryption?
    /// Before what the configuration says.
    package var follows: VideoFollowUps?

    package init(source: String, destination: String) { (self.source, self.destination) = (source, destination) }

    package static func outcome(for error: any Error, attempt: Int) -> Outcome? {
        switch error {
        case let error as UnusableMedia: .bury(reason: error.description)
        case let error as UnsoundOutput where !error.mayGoBetter: .bury(reason: error.description)
        case let error as ChunkFailure: .bury(reason: error.description)
        case let error as SandboxFailure where !error.isTransient: .bury(reason: error.description)
        case let error as SandboxFailure where error.isRefusal: .bury(reason: error.description)
        // Once the machine may have been too busy.
        case let error as SandboxFailure where error.isExhaustion && attempt > 1: .bury(reason: error.description)
        case StorageError.absent(let key): .bury(reason: "\(StorageError.absent(key)) Put it there and replay the job.")
        default: nil
        }
    }
}
