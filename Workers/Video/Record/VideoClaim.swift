/// A job that has a destination.
package struct VideoClaim: Sendable, Equatable {
    /// The row.
    package let video: Int
    package let job: String
    /// What the platform was told last.
    let told: String?

    package init(video: Int, job: String, told: String? = nil) {
        (self.video, self.job, self.told) = (video, job, told)
    }

    /// Whether this very job has published before: it is delivered again, because its end was lost.
    package var wasReady: Bool { told?.hasPrefix("ready \(job) ") ?? false }
}
