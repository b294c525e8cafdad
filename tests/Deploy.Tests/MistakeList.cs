using System.Text.Json.Nodes;

namespace CatGan.Deploy.Tests;

/// <summary>At least one mistake for each rule. Steps of a path are parted by spaces; in a list of named things a step is a name.</summary>
internal static class MistakeList
{
    private const string Silo = "Deployment silo";
    private const string InSilo = "spec template spec containers silo";
    private const string Label = "app.kubernetes.io/name";

    public static IReadOnlyList<Mistake> All { get; } = [.. Identity(), .. Names(), .. Selectors(), .. Ports(), .. Probes(), .. Images(), .. Resources(), .. Security(), .. Network(), .. Endpoints(), .. Settings()];

    private static IEnumerable<Mistake> Identity() =>
    [
        new("identity", "Service redis", "metadata namespace", "default", "objects lie in the namespaces"),
        new("identity", "Service redis", "metadata name", "Redis_1", "Service Redis_1 is no name of at most 63 small letters"),
        new("identity", "NetworkPolicy redis", "metadata name", "silo", "NetworkPolicy silo is there 2 times"),
    ];

    private static IEnumerable<Mistake> Names() =>
    [
        new("names", Silo, "spec template spec serviceAccountName", "catgam", "silo: ServiceAccount catgam does not exist"),
        new("names", Silo, $"{InSilo} envFrom 0 configMapRef name", "setings", "silo: ConfigMap setings does not exist"),
        new("names", Silo, $"{InSilo} envFrom 1 secretRef name", "azurit", "silo: Secret azurit does not exist"),
        new("names", Silo, $"{InSilo} env +", Json("""{"name": "A", "valueFrom": {"secretKeyRef": {"name": "azurite", "key": "KEY"}}}"""), "silo: Secret azurite with KEY does not exist"),
        new("names", Silo, "spec template spec volumes tls secret secretName", "silo-certs", "silo: Secret silo-certs does not exist"),
        new("names", Silo, $"{InSilo} volumeMounts tmp name", "temp", "silo: the volume temp is mounted, but does not exist"),
        new("names", Silo, $"{InSilo} volumeMounts tmp", null, "silo: the volume tmp is mounted nowhere"),
        new("names", "Deployment azurite", "spec template spec volumes data persistentVolumeClaim claimName", "disk", "azurite: PersistentVolumeClaim disk does not exist"),
    ];

    private static IEnumerable<Mistake> Selectors() =>
    [
        new("selectors", Silo, $"spec selector matchLabels {Label}", "redis", "silo selects the pods of [redis]"),
        new("selectors", "Service redis", $"spec selector {Label}", "rediss", "Service redis selects no pod"),
        new("selectors", "PodDisruptionBudget silo", $"spec selector matchLabels {Label}", "silos", "PodDisruptionBudget silo selects no pod"),
        new("selectors", "NetworkPolicy silo", $"spec ingress 1 from 0 podSelector matchLabels {Label}", "client", "NetworkPolicy silo selects no pod where it says app.kubernetes.io/name=client"),
        new("selectors", Silo, $"spec template spec topologySpreadConstraints 0 labelSelector matchLabels {Label}", "redis", "silo spreads pods other than its own"),
    ];

    private static IEnumerable<Mistake> Ports() =>
    [
        new("ports", "Service redis", "spec ports redis targetPort", "http", "Service redis leads to the port http, which no container of redis opens"),
        new("ports", "NetworkPolicy silo", "spec ingress 0 ports 0 port", 11112, "NetworkPolicy silo names the port 11112, which no container of silo opens"),
        new("ports", "NetworkPolicy coordinator", "spec egress 1 ports 0 port", 6380, "NetworkPolicy coordinator names the port 6380, which no container of redis opens"),
        new("ports", Silo, $"{InSilo} ports health containerPort", 30000, "silo opens the port 30000 2 times"),
    ];

    private static IEnumerable<Mistake> Probes() =>
    [
        new("probes", Silo, $"{InSilo} livenessProbe", null, "silo/silo: there is no liveness probe"),
        new("probes", Silo, $"{InSilo} readinessProbe httpGet port", "http", "silo/silo: the readiness probe asks the port http, which the container does not open"),
        new("probes", Silo, $"{InSilo} livenessProbe httpGet path", "/healthz", "silo/silo: the liveness probe asks /healthz, which does not answer it"),
        new("probes", Silo, $"{InSilo} livenessProbe httpGet path", "/health/ready", "the liveness probe asks /health/ready, which does not answer it"),
        new("probes", Silo, $"{InSilo} startupProbe tcpSocket", Json("""{"port": "health"}"""), "the startup probe must ask in exactly one way"),
        new("probes", "Deployment redis", "spec template spec containers redis readinessProbe exec command", Json("[]"), "the readiness probe runs no command"),
        new("probes", "Deployment coordinator", "spec template spec containers coordinator livenessProbe", Json("""{"tcpSocket": {"port": 80}}"""), "the liveness probe asks a container that opens no port"),
    ];

    private static IEnumerable<Mistake> Images() =>
    [
        new("images", "Deployment redis", "spec template spec containers redis image", "docker.io/library/redis:latest", "has no tag that stays what it is"),
        new("images", "Deployment redis", "spec template spec containers redis image", "localhost:5000/redis", "has no tag that stays what it is"),
        new("images", Silo, $"{InSilo} image", "catgan-silo:0.0.9", "the image 'catgan-silo:0.0.9' is not of version"),
    ];

    private static IEnumerable<Mistake> Resources() =>
    [
        new("resources", Silo, $"{InSilo} resources limits cpu", "2", "silo/silo: the CPU is limited"),
        new("resources", Silo, $"{InSilo} resources limits memory", null, "silo/silo: memory is not limited"),
        new("resources", Silo, $"{InSilo} resources requests cpu", null, "silo/silo: no cpu is requested"),
        new("resources", Silo, $"{InSilo} resources", null, "silo/silo: no memory is requested"),
        new("resources", Silo, $"{InSilo} resources requests memory", "8Gi", "8Gi of memory is requested, which is more than its limit of 2Gi"),
        new("resources", Silo, "spec template spec volumes tmp emptyDir sizeLimit", null, "the volume tmp may fill the node's disk"),
        new("resources", Silo, "spec template spec volumes tmp emptyDir sizeLimit", "64Gi", "it would be evicted"),
    ];

    private static IEnumerable<Mistake> Security() =>
    [
        new("security", Silo, "spec template spec securityContext runAsNonRoot", null, "silo: silo: it may run as root"),
        new("security", Silo, $"{InSilo} securityContext runAsUser", 0, "silo: silo: it may run as root"),
        new("security", Silo, $"{InSilo} securityContext readOnlyRootFilesystem", null, "its root file system is writable"),
        new("security", Silo, $"{InSilo} securityContext allowPrivilegeEscalation", null, "it may gain privileges"),
        new("security", Silo, $"{InSilo} securityContext capabilities", null, "it keeps capabilities"),
        new("security", Silo, "spec template spec securityContext seccompProfile", null, "its seccomp profile is not RuntimeDefault"),
        new("security", Silo, "spec template spec automountServiceAccountToken", null, "it mounts a token of the Kubernetes API"),
        new("security", Silo, "spec template spec enableServiceLinks", null, "variables of service links"),
        new("security", Silo, "spec template spec hostNetwork", true, "it reaches into its node"),
        new("security", "ServiceAccount catgan", "automountServiceAccountToken", null, "ServiceAccount catgan mounts its token"),
    ];

    private static IEnumerable<Mistake> Network() =>
    [
        new("network", "NetworkPolicy deny-all", "spec podSelector", Json("""{"matchLabels": {"app.kubernetes.io/name": "redis"}}"""), "no policy binds coordinator for Ingress"),
        new("network", "NetworkPolicy silo", "spec ingress 1 from", null, "the silo's port gateway is reached from outside the namespace"),
        new("network", "NetworkPolicy silo", "spec ingress 1 from 0", Json("""{"ipBlock": {"cidr": "10.0.0.0/8"}}"""), "the silo's port gateway is reached from outside the namespace"),
        new("network", "NetworkPolicy silo", $"spec ingress 0 from 0 podSelector matchLabels {Label}", "redis", "the silo's port silo is reached by redis"),
        new("network", "NetworkPolicy metrics", $"spec ingress 0 from 0 podSelector matchLabels {Label}", "grafana", "the silo's port health is reached by grafana") { Overlay = "monitoring" },
        new("network", "NetworkPolicy silo", "spec policyTypes", null, "NetworkPolicy silo does not say its policyTypes"),
    ];

    private static IEnumerable<Mistake> Endpoints() =>
    [
        new("endpoints", "ConfigMap settings-*", "data CatGan__Cluster", "redis://rediss:6379", "silo: CatGan__Cluster names rediss:6379, but there is no such Service"),
        new("endpoints", "ConfigMap settings-*", "data CatGan__Cluster", "redis://redis:6380", "names redis:6380, but the Service does not offer that port"),
        new("endpoints", "NetworkPolicy to-azurite", "spec egress 0 ports 0 port", 10001, "silo: AZURE_STORAGE_CONNECTION_STRING names azurite:10000, but the network policies do not let it through"),
        new("endpoints", "NetworkPolicy coordinator", "spec egress 0 ports 0 port", 11111, "coordinator does not reach the port gateway of a silo"),
        new("endpoints", "NetworkPolicy to-collector", "spec egress 0 ports 0 port", 4318, "silo: OTEL_EXPORTER_OTLP_ENDPOINT names collector:4317, but the network policies do not let it through") { Overlay = "monitoring" },
        new("endpoints", "NetworkPolicy silo", "spec ingress 0 ports 0", null, "silo does not reach the port silo of a silo"),
    ];

    private static IEnumerable<Mistake> Settings() =>
    [
        new("silo", "ConfigMap settings-*", "data CatGan__Metrics", "everybody", "--metrics is everybody, but must be one of loopback, all, off") { Overlay = "monitoring" },
        new("silo", Silo, $"{InSilo} env CatGan__Slots name", "CatGan__Slot", "'Slot'"),
        new("silo", Silo, $"{InSilo} env CatGan__Slots value", "-1", "--slots is -1, but must be from 0 to 1024"),
        new("silo", Silo, $"{InSilo} env CatGan__Slots value", "many", "many"),
        new("silo", Silo, $"{InSilo} env CatGan__Slots value", "4", "it has 4 slots on 0.5 requested cores"),
        new("silo", Silo, $"{InSilo} env CatGan__Slots", null, "its slots are not said"),
        new("silo", Silo, $"{InSilo} env CatGan__HealthPort value", "8082", "its port health is 8081, but it is told 8082"),
        new("silo", Silo, $"{InSilo} env CatGan__GatewayPort value", "30001", "its port gateway is 30000, but it is told 30001"),
        new("silo", Silo, $"{InSilo} env POD_IP", null, "others are told to reach it at nowhere"),
        new("silo", Silo, $"{InSilo} env POD_NAME", null, "it is not told its name"),
        new("silo", "ConfigMap settings-*", "data CatGan__Cluster", "http://redis:6379", "--cluster"),
        new("silo", Silo, $"{InSilo} env +", Json("""{"name": "CatGan__Insecure", "value": "true"}"""), "its connections are in the clear"),
        new("silo", "ConfigMap settings-*", "data CatGan__TlsCert", null, "--tls-ca is given without --tls-cert"),
        new("silo", "ConfigMap settings-*", "data CatGan__TlsKey", "/etc/catgan/tls.key", "its file /etc/catgan/tls.key is in no volume"),
        new("silo", Silo, $"{InSilo} env CatGan__Cache value", "/var/cache", "its cache is /var/cache, which is no scratch volume"),
        new("silo", Silo, $"{InSilo} env CatGan__CacheSize value", "20", "its cache may take 20 GB of a volume of 16Gi"),
        new("silo", Silo, $"{InSilo} startupProbe failureThreshold", 30, "it has 90 s or less to come up"),
        new("silo", Silo, "spec template spec terminationGracePeriodSeconds", 10, "it has no more than the 10 s to leave"),
        new("silo", Silo, $"{InSilo} resources limits nvidia.com/gpu", null, "its device is cuda, without a GPU", "gpu-azure"),
    ];

    private static JsonNode Json(string text) => JsonNode.Parse(text)!;
}
