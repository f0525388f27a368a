public import Logging

/// A folder of `Workers/`: the job types of one domain, and how they are set up.
///
/// The worker process builds every domain once at its start, from the domain's section of the configuration.
public protocol JobDomain: Sendable {
    associatedtype Settings: DomainSettings
    /// The name of the domain's section in the configuration, below `workers`.
    static var name: String { get }
    /// One real job of every type of the domain, for `coursework demo`.
    static var samples: [SampleJob] { get }
    /// Adds the domain's handlers.
    /// - Throws: an error whose description says what is wrong with the settings and what to do; the process ends with
    ///   exit code 78.
    static func register(in registry: inout JobRegistry, settings: Settings, surroundings: Surroundings) throws
}

/// A domain's section of the configuration.
public protocol DomainSettings: Decodable, Sendable {
    /// Every key the section may have: any other is refused at start.
    static var keys: [String] { get }
    /// What holds when the configuration has no such section.
    init()
}

/// What a domain finds around it when it is set up.
public struct Surroundings: Sendable {
    /// The environment variables; they win over the configuration.
    public let environment: [String: String]
    /// Where files go when no server is set for them. The domain makes its own folder in it.
    public let dataFolder: String
    /// The folder of the configuration file: relative paths in the configuration start there.
    public let configurationFolder: String
    /// Where the world reaches `coursework serve`, without a slash at the end; nil when it does not.
    public let publicURL: String?
    /// What the domains share: the clients of servers.
    public let services: SharedServices
    public let logger: Logger

    public init(
        environment: [String: String], dataFolder: String, configurationFolder: String,
        publicURL: String? = nil, services: SharedServices = SharedServices(), logger: Logger = .silent
    ) {
        self.environment = environment
        self.dataFolder = dataFolder
        self.configurationFolder = configurationFolder
        self.publicURL = publicURL
        self.services = services
        self.logger = logger
    }

    /// Where a path of the configuration leads: one that is relative starts at its folder.
    package func path(_ path: String) -> String { path.hasPrefix("/") ? path : configurationFolder + "/" + path }
}
