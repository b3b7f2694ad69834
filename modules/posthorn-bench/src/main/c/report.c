#include "report.h"

#include <stdio.h>

static double user_micros(const struct load *load) { return (double) load->spent.server_user / 1e3; }

static double system_micros(const struct load *load) { return (double) load->spent.server_system / 1e3; }

static double seconds(const struct load *load) { return (double) load->spent.at / 1e9; }

static double share(double whole, uint64_t parts) { return parts == 0 ? 0 : whole / (double) parts; }

static void configuration(const struct options *options) {
    printf("{\"case\":\"%s\",\"protocol\":\"%s\",\"connections\":%d,\"depth\":%d,\"window\":%d,\"rate\":%g,\"size\":%d,",
           options->case_name, options->protocol, options->connections, options->depth, options->window, options->rate,
           options->size);
}

static void cpu(const struct load *load) {
    double user = user_micros(load);
    double system = system_micros(load);
    printf("\"serverUserMicros\":%.0f,\"serverSystemMicros\":%.0f,", user, system);
    printf("\"serverCpuPercent\":%.1f,\"clientCpuPercent\":%.1f,", (user + system) / seconds(load) / 1e4,
           (double) load->spent.own / seconds(load) / 1e7);
}

static void latencies(const struct histogram *histogram) {
    printf("\"p50Micros\":%.1f,\"p99Micros\":%.1f,\"p999Micros\":%.1f,\"maxMicros\":%.1f,", histogram_at(histogram, 0.5) / 1e3,
           histogram_at(histogram, 0.99) / 1e3, histogram_at(histogram, 0.999) / 1e3, (double) histogram->max / 1e3);
}

void report(const struct load *load) {
    double user = user_micros(load);
    configuration(&load->options);
    printf("\"seconds\":%.3f,\"messages\":%lu,\"messagesPerSecond\":%.0f,", seconds(load), (unsigned long) load->messages,
           (double) load->messages / seconds(load));
    cpu(load);
    printf("\"cpuMicrosPerMessage\":%.3f,\"userMicrosPerMessage\":%.3f,", share(user + system_micros(load), load->messages),
           share(user, load->messages));
    latencies(&load->latencies);
    printf("\"messagesPerRead\":%.2f,\"errors\":%lu,\"rssKiB\":%ld}\n", share((double) load->messages, load->reads),
           (unsigned long) load->errors, (long) load->resident);
    fflush(stdout);
}

void report_idle(const struct load *load) {
    configuration(&load->options);
    cpu(load);
    printf("\"connected\":%d,\"seconds\":%.3f,\"rssKiB\":%ld}\n", load->opened, seconds(load), (long) load->resident);
    fflush(stdout);
}
