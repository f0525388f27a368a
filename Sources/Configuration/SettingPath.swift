/// The way to a setting through the file: `["pools", "main", "queues", "0"]`. Empty for the whole file.
package typealias SettingPath = [String]
